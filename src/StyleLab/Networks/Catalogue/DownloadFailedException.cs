namespace StyleLab.Networks.Catalogue;

/// <summary>A download that did not work; the message is half a sentence.</summary>
/// <param name="message">What happened, without a full stop.</param>
/// <param name="isFinal">True if trying again would bring the same.</param>
/// <param name="inner">The cause.</param>
internal sealed class DownloadFailedException(string message, bool isFinal = false, Exception? inner = null) : Exception(message, inner)
{
    public bool IsFinal { get; } = isFinal;
}
