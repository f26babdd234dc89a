// Every page works without this script. With it, waiting, passwords and the end of a session are kinder.
import { showBusyForms } from "./busy.js";
import { warnBeforeIdleEnd } from "./idle.js";
import { usePasskeys } from "./passkeys.js";
import { hintCapsLock, offerToShowPasswords } from "./password-fields.js";
import { followPasswordRequirements } from "./password-requirements.js";
import { tellPasswordStrength } from "./password-strength.js";
import { offerToPrint } from "./print.js";
import { refreshRestoredPages } from "./restored-pages.js";

refreshRestoredPages();
usePasskeys();
showBusyForms();
hintCapsLock();
offerToShowPasswords();
followPasswordRequirements();
tellPasswordStrength();
offerToPrint();
warnBeforeIdleEnd();
