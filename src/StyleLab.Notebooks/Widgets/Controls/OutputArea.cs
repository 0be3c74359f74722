using System.Text.Json.Nodes;
using Microsoft.DotNet.Interactive.Formatting;

namespace StyleLab.Notebooks.Widgets;

/// <summary>A place for what code shows and prints, wherever the widget stands.</summary>
public sealed class OutputArea : Widget
{
    private readonly OutputRecorder _recorder = new();
    private readonly JsonArray _outputs = [];
    private volatile bool _isStale;

    internal OutputArea() : base(WidgetClass.Output)
    {
        Set("msg_id", "");
        Set("outputs", new JsonArray());
    }

    /// <summary>Shows a value in it, below what is there.</summary>
    /// <returns>A handle to show something else in the same place later.</returns>
    /// <exception cref="NotebookException">The caller does not belong to a cell.</exception>
    public DisplayedValue Show(object? value) => DisplayedValue.Show(value, [], CellContext.Required.ForLater(Record, CellContext.Required.Cancellation));

    /// <summary>Prints text in it.</summary>
    public void Write(string text) => Record(new StreamOutput("stdout", text));

    /// <summary>Prints a line in it.</summary>
    public void WriteLine(string text = "") => Write(text + "\n");

    /// <summary>Takes away what it shows.</summary>
    /// <param name="wait">Only when the next output arrives, so that nothing flickers.</param>
    public void Clear(bool wait = false) => Record(new ClearOutput(wait));

    /// <summary>From now on, what the calling code shows and prints goes there, until the result is disposed: <c>using (area.Capture()) { … }</c>.</summary>
    /// <exception cref="NotebookException">The caller does not belong to a cell.</exception>
    public IDisposable Capture() => new Capturing(CellContext.Required, this);

    /// <summary>Takes in something that code says.</summary>
    internal void Record(Output output)
    {
        _recorder.Record(_outputs, output);
        _isStale = true;
        TellLater();
    }

    /// <summary>What was to go when something else comes goes now.</summary>
    internal void EndWait()
    {
        if (_recorder.EndWait(_outputs))
            _isStale = true;
        TellLater();
    }

    private protected override void Settle()
    {
        if (!_isStale)
            return;
        JsonArray outputs;
        lock (_recorder.NotebookLock)
        {
            _isStale = false;
            outputs = (JsonArray)_outputs.DeepClone();
        }

        foreach (var output in outputs.OfType<JsonObject>())
        {
            Join(output, "text");
            foreach (string type in output["data"] is JsonObject data ? data.Select(part => part.Key).ToList() : [])
                Join((JsonObject)output["data"]!, type);
        }

        Set("outputs", outputs);
    }

    // Lines are for files; between kernel and front end text is in one piece.
    private static void Join(JsonObject place, string name)
    {
        if (place[name] is JsonArray && !MimeBundle.IsJson(name))
            place[name] = MultilineText.Read(place[name]);
    }

    private sealed class Capturing : IDisposable
    {
        private readonly CellContext _outside;
        private readonly CellContext _inside;

        public Capturing(CellContext outside, OutputArea area)
        {
            _outside = outside;
            CellContext.Current = _inside = outside.ForLater(area.Record, outside.Cancellation);
        }

        public void Dispose()
        {
            CellContext.Current = _outside;
            _inside.Outputs.FlushAsync().Wait();
        }
    }
}
