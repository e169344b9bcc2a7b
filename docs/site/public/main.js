// A picture has a dark and a light version. Show the one of the theme that the reader has chosen, which may differ from that of the system.
function followTheme() {
  const isDark = document.documentElement.getAttribute('data-bs-theme') === 'dark'
  for (const source of document.querySelectorAll('picture source')) source.media = isDark ? 'all' : 'not all'
}

export default {
  // A block without a language, such as a command, has no highlighting. Highlight.js would guess one.
  configureHljs: hljs => hljs.configure({ languages: [] }),
  start() {
    followTheme()
    new MutationObserver(followTheme).observe(document.documentElement, { attributes: true, attributeFilter: ['data-bs-theme'] })
  },
}
