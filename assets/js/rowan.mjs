// Starts the JavaScript of the page's components. Every page works without it.
// The class names come first: the components do nothing without them, and the style sheet hides what JavaScript
// will show again. nhsuk-frontend sets them by an inline script, which our content security policy refuses.
import { initAll } from './nhsuk-frontend.min.js'

document.body.classList.add('js-enabled', 'nhsuk-frontend-supported')
initAll()
