import { keepDrafts } from "./lib/draft";
import { renewPage } from "./lib/renew";
import { dropFiles, focusErrors, printButtons, sendOnce } from "./lib/forms";

sendOnce();
focusErrors();
printButtons();
dropFiles();
renewPage();
keepDrafts();
