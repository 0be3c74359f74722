namespace StyleLab;

/// <summary>
/// Something a user can put right: a corrupt file, a wrong layer name, a folder that cannot be written.
/// The message is one sentence that says what was wrong, what was expected and what to do; it is shown as it is.
/// </summary>
public sealed class StyleLabException(string message, Exception? inner = null) : Exception(message, inner);
