// Starts the JavaScript of the page's components. Every page works without it.
//
// Not all of nhsuk-frontend is started. The sortable table writes HTML from a string, which Trusted Types refuse: we
// sort on the server. The file field's drop zone has a button whose name for a screen reader differs from its words:
// the browser's own file field is better.
import {
  initButtons,
  initCharacterCounts,
  initCheckboxes,
  initErrorSummary,
  initHeader,
  initNotificationBanners,
  initPasswordInputs,
  initRadios,
  initScroll,
  initSkipLinks
} from './nhsuk-frontend.min.js'
import { initAutosave } from './autosave.mjs'
import { initAwait } from './await.mjs'
import { initFilters } from './filter.mjs'
import { initSession } from './session.mjs'
import { initUploads } from './upload.mjs'

// The class names come first: the components do nothing without them, and the style sheet hides what JavaScript will
// show again. nhsuk-frontend sets them by an inline script, which our content security policy refuses.
document.body.classList.add('js-enabled', 'nhsuk-frontend-supported')

// ARIA does not allow aria-expanded on a radio button, and nhsuk-frontend sets it at each change.
new MutationObserver((records) => {
  for (const { target } of records) {
    if (target.matches('input[type="radio"][aria-expanded]')) target.removeAttribute('aria-expanded')
  }
}).observe(document.body, { subtree: true, attributeFilter: ['aria-expanded'] })

initButtons()
initCharacterCounts()
initCheckboxes()
initErrorSummary()
initHeader()
initNotificationBanners()
initPasswordInputs()
initRadios()
initScroll()
initSkipLinks()
initAutosave()
initAwait()
initFilters()
initSession()
initUploads()
