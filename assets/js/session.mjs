// Warns two minutes before a session ends, with one button that lets it go on (WCAG 2.2.1). Without JavaScript a line
// on the page states the limit, and a form that comes too late is kept by the server.
//
// The warning is a live region at the foot of the page, not a dialog: a screen reader speaks it, and nobody loses the
// sentence that they are typing. A page in another tab, a saved draft and the button start the time anew.

// Two minutes: at least 20 seconds are asked for; who reads by ear or by switch needs more (security.md A.9).
const notice = 120

let timers = []
let channel = null
let full = 0

export function initSession () {
  const part = document.querySelector('[data-module="rowan-session"]')
  if (!part) return
  full = Number(part.dataset.seconds)
  const button = part.querySelector('button')
  button.addEventListener('click', () => stay(part))
  // Every tab has the same session. A tab that loads or stays tells the others how many seconds there are now.
  channel = new BroadcastChannel('rowan-session')
  channel.addEventListener('message', ({ data }) => start(part, Number(data)))
  addEventListener('rowan:seen', () => goOn(part, full))
  goOn(part, full)
}

function goOn (part, seconds) {
  channel.postMessage(seconds)
  start(part, seconds)
}

function start (part, seconds) {
  if (!(seconds > 0)) return
  timers.forEach(clearTimeout)
  show(part, '', false)
  timers = [
    setTimeout(() => show(part, part.dataset.warning, true), Math.max(seconds - notice, 0) * 1000),
    setTimeout(() => show(part, part.dataset.ended, false), seconds * 1000)
  ]
}

function show (part, words, button) {
  part.querySelector('[role="alert"]').textContent = words
  part.querySelector('button').hidden = !button
  part.classList.toggle('rowan-session--shown', words !== '')
}

// stay asks for more time. An answer that is no number of seconds means that the session has ended already.
async function stay (part) {
  try {
    const answer = await fetch(part.dataset.stay, { method: 'POST', redirect: 'manual' })
    if (answer.ok) {
      full = Number(await answer.text())
      goOn(part, full)
    } else {
      timers.forEach(clearTimeout)
      show(part, part.dataset.ended, false)
    }
  } catch {
    show(part, part.dataset.failed, true)
  }
}
