import htmx from "htmx.org";
import { addUp } from "./lib/cash";
import { keepDrafts } from "./lib/draft";
import { dropFiles, focusErrors, printButtons, sendOnce } from "./lib/forms";
import { watchIdle } from "./lib/idle";
import { listenToKeys } from "./lib/keys";
import { keepLive } from "./lib/live";
import { reachColumns } from "./lib/scroll";

sendOnce();
focusErrors();
printButtons();
dropFiles();
listenToKeys();
watchIdle();
keepDrafts();
reachColumns();
addUp();
document.querySelectorAll<HTMLElement>("[data-live]").forEach((part) => keepLive(part, (fresh) => htmx.process(fresh)));
