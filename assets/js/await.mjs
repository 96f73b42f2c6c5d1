// Shows a page again when what it waits for is there. Without this the page's own link looks again.
//
// The page is asked for in the background, so nothing moves under somebody who reads it meanwhile.
const every = 4000 // milliseconds: a simulation takes some seconds
let looks = 75 // five minutes: a page that nobody looks at must not keep its session open

export function initAwait() {
  if (document.querySelector('[data-awaited]')) setTimeout(look, every)
}

async function look() {
  try {
    const answer = await fetch(window.location.href, { credentials: 'same-origin' })
    // Trusted Types refuse HTML made from a string, and the text says enough.
    if (answer.ok && !(await answer.text()).includes('data-awaited')) return window.location.reload()
  } catch {
    // no network just now
  }
  if (--looks > 0) setTimeout(look, every)
}
