local codex = { name = 'codex', cmd = { 'codex-lsp', 'lsp' }, root_dir = vim.fn.getcwd() }
vim.api.nvim_create_autocmd('VimEnter', { callback = function() vim.lsp.start(codex) end })
vim.api.nvim_create_autocmd('LspProgress', { command = 'redrawstatus' })
vim.o.statusline = '%f %=%{v:lua.vim.lsp.status()}'
local function run(command, prompt)
  vim.lsp.get_clients({ name = 'codex' })[1].rpc.request('workspace/executeCommand',
    { command = command, arguments = prompt and { prompt } }, function(err) if err then vim.notify(err.message) end end)
end
vim.api.nvim_create_user_command('CodexAsk', function(ask) run('codex.ask', ask.args) end, { nargs = '+' })
vim.api.nvim_create_user_command('CodexStop', function() run('codex.interrupt') end, {})
