-- Does the walk in a Neovim that has read init.lua, and nothing else, and tells what it saw.
-- It runs inside the editor; walk.test.mjs starts it and reads its lines.
local answer = vim.env.CODEX_TEST_ANSWER
local failed = 0

local function check(name, ok, got)
  if not ok then failed = failed + 1 end
  io.write(('%s %s%s\n'):format(ok and 'ok' or 'FAILED', name, ok and '' or ': ' .. vim.inspect(got)))
end

local function wait(condition)
  return vim.wait(15000, condition, 10)
end

-- Approvals surface here in every supported version, and a person would choose from a list.
local asked = {}
vim.ui.select = function(items, options, on_choice)
  table.insert(asked, options.prompt)
  for index, item in ipairs(items) do
    if item.title == answer then return on_choice(item, index) end
  end
  on_choice(nil)
end

local progress = {}
vim.api.nvim_create_autocmd('LspProgress', {
  callback = function(event)
    local value = event.data.params.value
    table.insert(progress, value.kind)
    progress.title = progress.title or value.title
  end,
})

local function messages()
  return vim.fn.execute('messages')
end

local function client()
  return vim.lsp.get_clients({ name = 'codex' })[1]
end

local function walk()
  check('the server is ready', wait(function()
    return client() ~= nil and client().initialized
  end), client())

  vim.cmd('CodexAsk make the file')
  check('the answer is a message', wait(function()
    return messages():find('The walk is done.', 1, true) ~= nil
  end), messages())
  check('one approval was asked', #asked == 1 and asked[1]:find('made.txt', 1, true) ~= nil, asked)
  check('progress ended', wait(function()
    return progress[#progress] == 'end'
  end), progress)
  check('progress began first, with the prompt', progress[1] == 'begin'
    and progress.title:find('make the file', 1, true) ~= nil, progress)

  progress = {}
  vim.cmd('CodexAsk think for ever')
  check('a second turn began', wait(function() return progress[1] == 'begin' end), progress)
  vim.cmd('CodexStop')
  check('and was stopped', wait(function() return progress[#progress] == 'end' end), progress)

  local before = client()
  if vim.fn.has('nvim-0.11') == 1 then before:stop() else before.stop() end
  check('the server stopped', wait(function()
    return vim.lsp.get_client_by_id(before.id) == nil
  end), before.id)
end

-- The server starts on VimEnter. Not inside of that event, where no other would be seen.
vim.api.nvim_create_autocmd('VimEnter', {
  callback = vim.schedule_wrap(function()
    local ok, broken = pcall(walk)
    io.write(ok and failed == 0 and 'walked\n' or ('not walked: %s\n'):format(broken))
    vim.cmd(ok and failed == 0 and 'qall!' or 'cquit 1')
  end),
})
