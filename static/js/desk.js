// The officers' pages work without this; with it, they answer in place.
import "htmx.org";
import { initAll as initGovuk } from "govuk-frontend";
import { initAll as initMoj } from "@ministryofjustice/frontend";

initGovuk();
initMoj();
