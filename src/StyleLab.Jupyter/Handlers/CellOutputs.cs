using System.Text;
using System.Text.Json.Nodes;
using StyleLab.Jupyter.Channels;
using StyleLab.Notebooks;

namespace StyleLab.Jupyter.Handlers;

/// <summary>
/// Publishes what one cell says. Small writes to a stream are gathered for a moment, so that a loop that prints does
/// not flood the client with messages.
/// </summary>
internal sealed class CellOutputs : IDisposable
{
    private const int MaxWaitingText = 1 << 18;
    private static readonly TimeSpan GatherTime = TimeSpan.FromMilliseconds(40);

    private readonly IopubChannel _iopub;
    private readonly byte[] _parent;
    private readonly bool _showsResult;
    private readonly Lock _publishing = new();
    private readonly StringBuilder _text = new();
    private readonly Timer _timer;
    private string _stream = "";

    /// <param name="iopub">Where outputs go.</param>
    /// <param name="parent">The header of the execute_request.</param>
    /// <param name="showsResult">Whether the value of the last expression is published.</param>
    public CellOutputs(IopubChannel iopub, byte[] parent, bool showsResult)
    {
        _iopub = iopub;
        _parent = parent;
        _showsResult = showsResult;
        _timer = new Timer(_ => Flush());
    }

    /// <summary>The value of the last expression as text, if there was one.</summary>
    public string? Result { get; private set; }

    /// <summary>The fields of an error message. What went wrong is red, where it happened is not.</summary>
    public static JsonObject Content(ErrorOutput error) => new()
    {
        ["ename"] = error.Name,
        ["evalue"] = error.Message,
        ["traceback"] = new JsonArray(
            [.. error.Traceback.Select((line, i) => (JsonNode)(i == 0 ? $"\e[31m{line}\e[0m" : line))]),
    };

    public void Publish(Output output)
    {
        lock (_publishing)
        {
            if (output is StreamOutput write)
            {
                Print(write);
                return;
            }

            FlushText();
            switch (output)
            {
                case DisplayOutput display:
                    Send("display_data", Displayed(display.Data, display.DisplayId));
                    break;
                case UpdateDisplayOutput update:
                    Send("update_display_data", Displayed(update.Data, update.DisplayId));
                    break;
                case ResultOutput result when _showsResult:
                    Result = result.Data[MimeTypes.PlainText];
                    Send("execute_result", Shown(result));
                    break;
                case ErrorOutput error:
                    Send("error", Content(error));
                    break;
                case ClearOutput clear:
                    Send("clear_output", new JsonObject { ["wait"] = clear.Wait });
                    break;
            }
        }
    }

    /// <summary>Sends text that still waits.</summary>
    public void Flush()
    {
        lock (_publishing)
            FlushText();
    }

    /// <summary>The cell has ended; what its background work still prints is sent at once.</summary>
    public void Dispose()
    {
        Flush();
        _timer.Dispose();
    }

    private static JsonObject Displayed(MimeBundle data, string displayId) => new()
    {
        ["data"] = data.ToJson(),
        ["metadata"] = new JsonObject(),
        ["transient"] = new JsonObject { ["display_id"] = displayId },
    };

    private static JsonObject Shown(ResultOutput result) => new()
    {
        ["execution_count"] = result.ExecutionCount,
        ["data"] = result.Data.ToJson(),
        ["metadata"] = new JsonObject(),
    };

    private void Print(StreamOutput write)
    {
        if (write.Name != _stream)
            FlushText();
        _stream = write.Name;
        _text.Append(write.Text);

        // The timer is gone when the cell has ended.
        if (_text.Length > MaxWaitingText || !StartTimer())
            FlushText();
    }

    private bool StartTimer()
    {
        try
        {
            return _timer.Change(GatherTime, Timeout.InfiniteTimeSpan);
        }
        catch (ObjectDisposedException)
        {
            return false;
        }
    }

    private void FlushText()
    {
        if (_text.Length == 0)
            return;
        Send("stream", new JsonObject { ["name"] = _stream, ["text"] = _text.ToString() });
        _text.Clear();
    }

    private void Send(string type, JsonObject content) => _iopub.Publish(type, _parent, content);
}
