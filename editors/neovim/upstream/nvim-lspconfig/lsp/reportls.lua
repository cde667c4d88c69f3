---@brief
---
--- `reportls` checks exam reports written in Markdown as the course's own checker will: numbered questions with a
--- quoted prompt, recommended lengths and `Answer:`. Other Markdown files are left alone.
---
--- `reportls` can be installed with `pipx`:
---
--- ```sh
--- pipx install reportls
--- ```

---@type vim.lsp.Config
return {
  cmd = { 'reportls', 'serve' },
  filetypes = { 'markdown', 'quarto', 'rmd' },
  root_markers = { 'reportls.toml', '.git' },
  capabilities = {
    workspace = {
      workspaceEdit = { documentChanges = true },
      didChangeWatchedFiles = { dynamicRegistration = true, relativePatternSupport = true },
    },
  },
}
