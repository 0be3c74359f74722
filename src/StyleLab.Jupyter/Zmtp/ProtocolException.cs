namespace StyleLab.Jupyter.Zmtp;

/// <summary>A peer broke the protocol; its connection is closed, nobody else notices.</summary>
internal sealed class ProtocolException(string message) : Exception(message);
