namespace StyleLab.Jupyter;

/// <summary>
/// Something a user can put right: a connection file that is none, a port that is taken, a folder that cannot be
/// written. The message is one sentence that says what was wrong and what to do; it is shown as it is.
/// </summary>
public sealed class KernelException(string message, Exception? inner = null) : Exception(message, inner);
