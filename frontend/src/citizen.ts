import { dropFiles, focusErrors, printButtons, sendOnce } from "./lib/forms";

sendOnce();
focusErrors();
printButtons();
dropFiles();
