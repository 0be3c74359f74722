namespace StyleLab.Cli.Messages;

/// <summary>Puts streams that never throw in the place of the console's, until it is disposed.</summary>
internal sealed class MessageStreams : IDisposable
{
    private const int BufferLength = 256;

    private readonly TextWriter _outputBefore, _errorBefore;
    private readonly MessageStream _output = new(1), _error = new(2);

    public MessageStreams()
    {
        (_outputBefore, _errorBefore) = (Console.Out, Console.Error);
        Console.SetOut(new StreamWriter(_output, Console.OutputEncoding, BufferLength) { AutoFlush = true });
        Console.SetError(new StreamWriter(_error, Console.OutputEncoding, BufferLength) { AutoFlush = true });
    }

    /// <summary>True if a message could not be written.</summary>
    public bool HaveLost => _output.HasLost || _error.HasLost;

    public void Dispose()
    {
        Console.SetOut(_outputBefore);
        Console.SetError(_errorBefore);
    }
}
