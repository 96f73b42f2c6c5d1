// Saves the form of a note or a report in the background: every 20 seconds when something was typed since, and when the page is
// left. Without JavaScript the button "Save draft" does the same. Nothing is kept in the browser: a ward PC is shared.
//
// A save that fails (signed out, no network) says so and is tried again; the words stay in the page. A page that
// nobody types in sends nothing, so that it does not keep a session alive.

// 20 seconds of typing are two sentences: what a closed lid may cost at most.
const every = 20_000

export function initAutosave () {
  for (const form of document.querySelectorAll('form[data-module="rowan-autosave"]')) start(form)
}

function start (form) {
  const status = form.querySelector('[data-autosave-status]')
  let last = body(form)
  let locked = false

  async function save (leaving) {
    const now = body(form)
    if (locked || now === last) return
    try {
      // keepalive outlives the page. Browsers take 64 kB that way, more than the longest text that anybody types.
      // A redirect leads to the sign-in page: the session has ended.
      const answer = await fetch(form.action, {
        method: 'POST',
        body: new URLSearchParams(now + '&do=auto'),
        redirect: 'manual',
        keepalive: leaving
      })
      if (answer.status === 204) {
        last = now
        dispatchEvent(new Event('rowan:seen')) // the session goes on
        say(form.dataset.saved)
      } else if (answer.status === 409) {
        locked = true
        say(form.dataset.locked)
      } else {
        say(form.dataset.failed)
      }
    } catch {
      say(form.dataset.failed)
    }
  }

  function say (words) {
    if (status.textContent !== words) status.textContent = words
  }

  const timer = setInterval(() => save(false), every)
  addEventListener('pagehide', () => save(true))
  form.addEventListener('submit', () => {
    clearInterval(timer)
    locked = true // the form itself is on its way: a save behind it would meet a locked note
  })
}

function body (form) {
  return new URLSearchParams(new FormData(form)).toString()
}
