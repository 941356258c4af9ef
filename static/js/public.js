// Her pages work without this; with it, the same pages are a little easier.
import { Checkboxes, ErrorSummary, ExitThisPage, Radios, SkipLink, createAll } from "govuk-frontend";

for (const component of [Checkboxes, ErrorSummary, ExitThisPage, Radios, SkipLink]) {
  createAll(component);
}
