---`:checkhealth reportls`.
local server = require('reportls.server')

local M = {}

local function check_editor()
  if vim.fn.has('nvim-0.11') == 1 then
    vim.health.ok('Neovim starts the server by itself')
  elseif vim.fn.has('nvim-0.10') == 1 then
    vim.health.ok("Neovim 0.10: the server is started by `require('reportls').setup()`")
  else
    vim.health.error('Neovim 0.10 or newer is needed')
  end
end

local function check_program()
  local program = server.program()
  if not program then
    vim.health.info('`cmd` is a function: it sees to the server')
    return
  end
  if vim.fn.executable(program) == 0 then
    vim.health.error(('the program `%s` is not there'):format(program), server.how_to_install())
    return
  end
  local answer = vim.system({ program, '--version' }, { text = true }):wait(10000)
  if answer.code == 0 then
    vim.health.ok(('%s (%s)'):format(vim.trim(answer.stdout), vim.fn.exepath(program)))
  else
    vim.health.error(('`%s --version` fails: %s'):format(program, vim.trim(answer.stderr or '')))
  end
end

local function check_clients()
  local clients = vim.lsp.get_clients({ name = server.NAME })
  if #clients == 0 then
    vim.health.info('no server runs: it starts when a Markdown file is opened')
  end
  for _, client in ipairs(clients) do
    local buffers = vim.tbl_count(client.attached_buffers)
    local files = buffers == 1 and 'one file' or ('%d files'):format(buffers)
    vim.health.ok(('a server runs for %s in %s'):format(files, client.root_dir or 'no folder'))
  end
end

---Says what is there and what is missing.
function M.check()
  vim.health.start('reportls')
  check_editor()
  check_program()
  check_clients()
  vim.health.info('errors of the protocol are logged in ' .. require('vim.lsp.log').get_filename())
end

return M
