export default {
  // A block without a language, such as a command, has no highlighting. Highlight.js would guess one.
  configureHljs: hljs => hljs.configure({ languages: [] }),
}
