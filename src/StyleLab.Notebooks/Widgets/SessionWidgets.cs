using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.DotNet.Interactive.Formatting;

namespace StyleLab.Notebooks.Widgets;

/// <summary>The widgets of a session, and its conversations with front ends about them.</summary>
internal sealed class SessionWidgets : IDisposable
{
    private static readonly AsyncLocal<SessionWidgets?> Ambient = new();

    private readonly ConcurrentDictionary<string, WidgetModel> _open = new();
    private readonly ConcurrentDictionary<WidgetModel, bool> _late = new();
    private readonly ConcurrentDictionary<string, string> _asking = new();
    private readonly ConcurrentDictionary<Interaction, bool> _interactions = new();
    private readonly ConcurrentDictionary<DisplayedValue, (Widget Widget, string Html)> _places = new();
    private readonly Timer _timer;
    private int _isTiming;

    public SessionWidgets()
    {
        using (ExecutionContext.SuppressFlow())
            _timer = new Timer(_ => SendRest());
    }

    /// <summary>Those of the session that runs the calling code; null outside of cells.</summary>
    public static SessionWidgets? Current { get => Ambient.Value; set => Ambient.Value = value; }

    /// <summary>How often a widget's changes are sent at most.</summary>
    public static TimeSpan BetweenUpdates { get; } = TimeSpan.FromMilliseconds(30);

    public WidgetEvents Events { get; } = new();

    /// <summary>Where views are; null in a run without any.</summary>
    public IWidgetFrontEnd? FrontEnd { get; set; }

    /// <summary>Whether a client has the widgets of ipywidgets 6.</summary>
    public bool HasOldFrontEnd { get; private set; }

    /// <summary>The conversations about widgets that are open, by id.</summary>
    public IEnumerable<string> Conversations => _open.Keys;

    /// <summary>Whether a conversation is about a widget, or about all of them.</summary>
    public bool Knows(string id) => _open.ContainsKey(id) || _asking.ContainsKey(id);

    /// <summary>A client begins a conversation; false if it is not about widgets.</summary>
    public bool Accept(string id, string target)
    {
        if (!IsTarget(target))
            return false;
        _asking[id] = target;
        if (target == WidgetProtocol.VersionTarget)
        {
            HasOldFrontEnd = true;
            FrontEnd?.Send("comm_msg", id, new JsonObject { ["version"] = OldFrontEnd.Versions }, null, []);
        }

        return true;
    }

    public static bool IsTarget(string target) => target is WidgetProtocol.ControlTarget or WidgetProtocol.VersionTarget;

    /// <summary>A client has ended a conversation: a widget that one view forgets is still there for the others.</summary>
    public void Forget(string id) => _asking.TryRemove(id, out _);

    /// <summary>A client has said something.</summary>
    public void Receive(string id, JsonObject data)
    {
        string method = MultilineText.Read(data["method"]);
        if (_open.TryGetValue(id, out var widget))
            Receive(widget, method, data);
        else if (method == "request_states" && _asking.ContainsKey(id))
            SendStates(id);
    }

    /// <summary>A widget has been displayed.</summary>
    public void Shown(Widget widget, DisplayedValue place, CellContext cell)
    {
        if (FrontEnd is null)
            _places[place] = (widget, Still.Html(widget));
        else if (HasOldFrontEnd)
            Send("comm_msg", widget, new JsonObject { ["method"] = "display" }, []);
    }

    public void Open(WidgetModel widget)
    {
        var (state, binary) = widget.Snapshot();
        var data = HasOldFrontEnd ? OldFrontEnd.State(widget) : [];
        data["state"] = state;
        data["buffer_paths"] = Paths(binary.Keys);
        _open[widget.Id] = widget;
        FrontEnd?.Send("comm_open", widget.Id, data, new JsonObject { ["version"] = WidgetProtocol.Version }, [.. binary.Values]);
    }

    public void Close(WidgetModel widget)
    {
        if (_open.TryRemove(widget.Id, out _))
            FrontEnd?.Send("comm_close", widget.Id, [], null, []);
    }

    public void SendUpdate(WidgetModel widget, JsonObject state, Dictionary<string, byte[]> binary)
    {
        if (HasOldFrontEnd)
        {
            foreach (var (name, value) in OldFrontEnd.Beside(widget, [.. state.Select(field => field.Key), .. binary.Keys]))
                state[name] = value?.DeepClone();
        }

        Send("comm_msg", widget, new JsonObject { ["method"] = "update", ["state"] = state, ["buffer_paths"] = Paths(binary.Keys) }, [.. binary.Values]);
    }

    public void SendEcho(WidgetModel widget, JsonObject state) =>
        Send("comm_msg", widget, new JsonObject { ["method"] = "echo_update", ["state"] = state, ["buffer_paths"] = new JsonArray() }, []);

    /// <summary>A widget has something to say, but not at once.</summary>
    public void SendLater(WidgetModel widget)
    {
        _late[widget] = true;
        if (Interlocked.Exchange(ref _isTiming, 1) == 1)
            return;
        try
        {
            _timer.Change(BetweenUpdates, Timeout.InfiniteTimeSpan);
        }
        catch (ObjectDisposedException)
        {
            // The session is over; nobody is left to see it.
        }
    }

    /// <summary>Says what was held back.</summary>
    public void SendRest()
    {
        Volatile.Write(ref _isTiming, 0);
        foreach (var widget in _late.Keys)
        {
            _late.TryRemove(widget, out _);
            widget.SendRest();
        }
    }

    /// <summary>Says what was held back, and where there are no views, shows the widgets as they are now; called when a cell ends.</summary>
    /// <param name="cancellation">Ends the waiting for handlers where there are no views: nobody would see later what they do.</param>
    public void ShowLatest(CancellationToken cancellation)
    {
        if (FrontEnd is null)
            WaitForEnd(cancellation);
        SendRest();
        foreach (var (place, (widget, html)) in _places)
        {
            string now = Still.Html(widget);
            if (now == html)
                continue;
            place.Update(Formatter.Format(widget));
            _places[place] = (widget, now);
        }
    }

    /// <summary>Stops handlers and interactions.</summary>
    public void Interrupt()
    {
        Events.Interrupt();
        foreach (var interaction in _interactions.Keys)
            interaction.Interrupt();
    }

    public void Add(Interaction interaction) => _interactions[interaction] = true;

    /// <summary>All widgets as a notebook keeps them; null if there is none.</summary>
    public JsonObject? Saved() => _open.IsEmpty ? null : SavedWidgets.Of(_open.Values);

    public void Dispose()
    {
        Interrupt();
        Events.Dispose();
        _timer.Dispose();
    }

    private void WaitForEnd(CancellationToken cancellation)
    {
        try
        {
            Events.WaitForAll(cancellation);
            foreach (var interaction in _interactions.Keys)
                interaction.WaitForEnd(cancellation);
        }
        catch (OperationCanceledException)
        {
            Interrupt();
        }
    }

    private static JsonArray Paths(IEnumerable<string> names) => new([.. names.Select(name => (JsonNode)new JsonArray(name))]);

    private void Receive(WidgetModel widget, string method, JsonObject data)
    {
        switch (method)
        {
            case "update" when data["state"] is JsonObject state:
                widget.Receive(state);
                break;
            case "backbone" when data["sync_data"] is JsonObject state:
                widget.Receive(OldFrontEnd.Read(widget, state));
                break;
            case "request_state":
                var (all, binary) = widget.Snapshot();
                if (HasOldFrontEnd)
                    all = OldFrontEnd.State(widget);
                Send("comm_msg", widget, new JsonObject { ["method"] = "update", ["state"] = all, ["buffer_paths"] = Paths(binary.Keys) }, [.. binary.Values]);
                break;
            case "custom" when widget.ReceiveEvent(MultilineText.Read(data["content"].Field("event"))):
                break;
            default:
                widget.Complain("method", $"The notebook's front end sent a message that a {widget.Name} does not know; it was passed over.");
                break;
        }
    }

    private void SendStates(string id)
    {
        var states = new JsonObject();
        var paths = new JsonArray();
        var buffers = new List<byte[]>();
        foreach (var widget in _open.Values)
        {
            var (state, binary) = widget.Snapshot();
            states[widget.Id] = SavedWidgets.Entry(widget, state);
            foreach (var (name, bytes) in binary)
            {
                paths.Add((JsonNode)new JsonArray(widget.Id, "state", name));
                buffers.Add(bytes);
            }
        }

        FrontEnd?.Send("comm_msg", id, new JsonObject { ["method"] = "update_states", ["states"] = states, ["buffer_paths"] = paths }, null, [.. buffers]);
    }

    private void Send(string type, WidgetModel widget, JsonObject data, byte[][] buffers) => FrontEnd?.Send(type, widget.Id, data, null, buffers);
}
