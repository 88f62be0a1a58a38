-- Opens a paper in Neovim, waits for a diagnostic, hovers, applies the action that silences it, and writes what
-- happened as JSON. Works with Neovim 0.7 and later.
local program, paper, result = vim.env.BYNAME_PROGRAM, vim.env.BYNAME_PAPER, vim.env.BYNAME_RESULT
local said = {}

local function finish()
  local file = assert(io.open(result, "w"))
  file:write(vim.json.encode(said))
  file:close()
  vim.cmd("qall!")
end

local function wait(what, condition)
  if not vim.wait(60000, condition, 20) then
    said.failed = "nothing came of " .. what
    finish()
  end
end

vim.cmd("edit " .. vim.fn.fnameescape(paper))
local client = vim.lsp.start_client({
  name = "byname",
  cmd = { program, "lsp" },
  root_dir = vim.fn.fnamemodify(paper, ":h"),
})
vim.lsp.buf_attach_client(0, client)
local function diagnostics() return vim.diagnostic.get(0) end
wait("opening", function() return #diagnostics() > 0 end)
local found = diagnostics()[1]
said.diagnostic = { line = found.lnum + 1, column = found.col, message = found.message, code = found.code, source = found.source }

local position = { textDocument = { uri = vim.uri_from_bufnr(0) }, position = { line = found.lnum, character = found.col + 3 } }
local hovered = vim.lsp.buf_request_sync(0, "textDocument/hover", position, 60000) or {}
for _, answer in pairs(hovered) do
  said.hover = answer.result and answer.result.contents.value
end

-- A new line above, never saved: the finding moves with it.
vim.api.nvim_buf_set_lines(0, 0, 0, false, { "Ein Märchen 😀." })
wait("typing", function() return #diagnostics() > 0 and diagnostics()[1].lnum == found.lnum + 1 end)
said.moved = diagnostics()[1].lnum + 1

local at = { line = found.lnum + 1, character = found.col }
local asked = {
  textDocument = { uri = vim.uri_from_bufnr(0) },
  range = { start = at, ["end"] = at },
  context = { diagnostics = {} },
}
local offered = vim.lsp.buf_request_sync(0, "textDocument/codeAction", asked, 60000) or {}
for _, answer in pairs(offered) do
  for _, action in ipairs(answer.result or {}) do
    if action.edit and not said.action then
      said.action = action.title
      vim.lsp.util.apply_workspace_edit(action.edit, vim.lsp.get_client_by_id(client).offset_encoding or "utf-16")
    elseif action.command and not said.rule then
      local opened = vim.lsp.buf_request_sync(0, "workspace/executeCommand", action.command, 60000) or {}
      for _, file in pairs(opened) do
        said.rule = table.concat(vim.fn.readfile(vim.uri_to_fname(file.result)), "\n")
      end
    end
  end
end
wait("silencing", function() return #diagnostics() == 0 end)
said.line = vim.api.nvim_buf_get_lines(0, found.lnum + 1, found.lnum + 2, false)[1]
said.left = #diagnostics()
finish()
