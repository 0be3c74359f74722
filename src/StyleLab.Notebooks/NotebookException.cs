namespace StyleLab.Notebooks;

/// <summary>
/// Something a user can put right: a file that is not a notebook, an unknown parameter, a folder that cannot be
/// written. The message is one sentence that says what was wrong, what was expected and what to do; it is shown as it
/// is.
/// </summary>
public sealed class NotebookException(string message, Exception? inner = null) : Exception(message, inner);
