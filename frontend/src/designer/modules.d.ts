declare module "dmn-js/lib/Modeler";
declare module "dmn-js-drd/lib/draw/TextRenderer";
