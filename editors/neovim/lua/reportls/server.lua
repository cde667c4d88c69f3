---The server as a program and as a client of Neovim's: where it is, starting it, asking it.
local M = {}

---The client's name.
M.NAME = 'reportls'

local HAS_CONFIG = vim.fn.has('nvim-0.11') == 1

---What `setup()` was given; used on 0.10 only.
---@type table
local changes = {}

---Whether Neovim 0.11 was told to start the server by itself.
local is_enabled = false

---Shows a message of ours.
---@param message string
---@param level? integer one of `vim.log.levels`
function M.say(message, level)
  vim.notify('reportls: ' .. message, level or vim.log.levels.INFO)
end

---Changes how the server is started from now on.
---@param options vim.lsp.Config
function M.configure(options)
  if HAS_CONFIG then
    vim.lsp.config(M.NAME, options)
  else
    changes = vim.tbl_deep_extend('force', changes, options)
  end
end

---How the server is started.
---@return vim.lsp.Config
function M.config()
  if HAS_CONFIG then
    return vim.lsp.config[M.NAME]
  end
  local file = vim.api.nvim_get_runtime_file('lsp/reportls.lua', false)[1]
  local defaults = { name = M.NAME, capabilities = vim.lsp.protocol.make_client_capabilities() }
  return vim.tbl_deep_extend('force', defaults, dofile(file), changes)
end

---The program that is run; nil if `cmd` is a function.
---@return string?
function M.program()
  local command = M.config().cmd
  return type(command) == 'table' and command[1] or nil
end

---Whether the server can be started.
---@return boolean
function M.is_installed()
  local program = M.program()
  return not program or vim.fn.executable(program) == 1
end

---How to get the server, in words.
---@return string
function M.how_to_install()
  local file = vim.fs.normalize(debug.getinfo(1, 'S').source:sub(2))
  local project = vim.fn.fnamemodify(file, ':p:h:h:h:h:h')
  local is_clone = vim.fn.filereadable(vim.fs.joinpath(project, 'server', 'reportls', '__main__.py')) == 1
  local what = is_clone and vim.fn.fnamemodify(project, ':~') or 'FOLDER_OF_THE_CLONE'
  return ('install it with `pipx install %s`, or say where it is (:help reportls-install)'):format(what)
end

---Says once how to get the server.
function M.say_how_to_install()
  local message = ('reportls: the program `%s` is not there: %s'):format(M.program(), M.how_to_install())
  vim.notify_once(message, vim.log.levels.WARN)
end

---The loaded buffers that the server is for.
---@return integer[]
function M.buffers()
  local filetypes = M.config().filetypes
  return vim.tbl_filter(function(buffer)
    local is_wanted = vim.tbl_contains(filetypes, vim.bo[buffer].filetype) and vim.bo[buffer].buftype == ''
    return vim.api.nvim_buf_is_loaded(buffer) and is_wanted
  end, vim.api.nvim_list_bufs())
end

---Starts the server for a buffer, or attaches the buffer to the one that runs.
---@param buffer integer
function M.start(buffer)
  if not HAS_CONFIG then
    local config = M.config()
    config.root_dir = config.root_dir or vim.fs.root(buffer, config.root_markers)
    vim.lsp.start(config, { bufnr = buffer })
  elseif not is_enabled then
    is_enabled = true
    vim.lsp.enable(M.NAME)
  end
end

---Starts the server for every buffer that it is for.
function M.start_all()
  is_enabled = false
  for _, buffer in ipairs(M.buffers()) do
    M.start(buffer)
  end
end

---Calls a method of a client; those of 0.10 are given the client already.
---@param client vim.lsp.Client
---@param method 'request' | 'stop'
local function call(client, method, ...)
  if HAS_CONFIG then
    client[method](client, ...)
  else
    client[method](...)
  end
end

---The running server of a buffer.
---@param buffer integer
---@return vim.lsp.Client?
function M.client(buffer)
  return vim.lsp.get_clients({ bufnr = buffer, name = M.NAME })[1]
end

---Has the server execute a command; shows what goes wrong.
---@param buffer integer
---@param command string
---@param arguments any[]
---@param on_result? fun(result: any) called with what came back; nil if there was nothing to do
function M.execute(buffer, command, arguments, on_result)
  local client = M.client(buffer)
  if not client then
    M.say('the server does not run; :ReportlsRestart starts it', vim.log.levels.WARN)
    return
  end
  local function on_answer(problem, result)
    if problem then
      M.say(problem.message, vim.log.levels.WARN)
    elseif on_result then
      on_result(result ~= vim.NIL and result or nil)
    end
  end
  local params = { command = command, arguments = arguments }
  call(client, 'request', 'workspace/executeCommand', params, on_answer, buffer)
end

---Ends servers.
---@param clients vim.lsp.Client[]
---@param is_forced boolean whether they are ended without being asked
function M.stop(clients, is_forced)
  for _, client in ipairs(clients) do
    call(client, 'stop', is_forced)
  end
end

return M
