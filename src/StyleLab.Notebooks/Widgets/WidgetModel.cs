using System.Text.Json;
using System.Text.Json.Nodes;

namespace StyleLab.Notebooks.Widgets;

/// <summary>
/// What a widget consists of, here and in every view of it in the notebook: fields with values. Either side may change them; the other hears of it.
/// Safe to use from several threads.
/// </summary>
public abstract class WidgetModel
{
    private const string Reference = "IPY_MODEL_";

    private readonly Lock _lock = new();
    private readonly JsonObject _state = [];
    private readonly Dictionary<string, byte[]> _binary = [];
    private readonly HashSet<string> _unsent = [];
    private readonly HashSet<string> _complaints = [];
    private SessionWidgets? _session;
    private long _lastSent;

    private protected WidgetModel(WidgetClass front)
    {
        Front = front;
        Cell = CellContext.Current;
        _state["_model_module"] = front.Module;
        _state["_model_module_version"] = front.Version;
        _state["_model_name"] = front.Model;
        _state["_view_module"] = front.ViewModule ?? front.Module;
        _state["_view_module_version"] = front.Version;
        _state["_view_name"] = front.View;
    }

    /// <summary>The name of the widget between kernel and front ends.</summary>
    internal string Id { get; } = Guid.NewGuid().ToString("N");

    internal WidgetClass Front { get; }

    /// <summary>The cell that made it.</summary>
    internal CellContext? Cell { get; }

    /// <summary>The widgets that its fields refer to.</summary>
    internal virtual IEnumerable<WidgetModel> Parts => [];

    /// <summary>Called when a field has changed, on the thread that changed it. Must be quick.</summary>
    internal event Action<string>? StateChanged;

    /// <summary>Ends the widget: its views disappear.</summary>
    public void Close() => Interlocked.Exchange(ref _session, null)?.Close(this);

    /// <summary>How a field refers to a widget.</summary>
    internal static JsonNode ReferenceTo(WidgetModel widget) => JsonValue.Create(Reference + widget.Id);

    /// <summary>Makes it known to the front ends, after the widgets that it refers to.</summary>
    internal void Open(SessionWidgets session) => Open(session, []);

    /// <summary>The fields, and the binary ones of them apart.</summary>
    internal (JsonObject State, Dictionary<string, byte[]> Binary) Snapshot()
    {
        Settle();
        lock (_lock)
            return ((JsonObject)_state.DeepClone(), new(_binary));
    }

    /// <summary>Says what has changed and has not been said.</summary>
    internal void SendRest()
    {
        Settle();
        lock (_lock)
            SendUnsent();
    }

    /// <summary>The front end has changed fields.</summary>
    internal void Receive(JsonObject changes)
    {
        var problems = new List<(string About, string Sentence)>();
        var changed = new List<string>();
        lock (_lock)
        {
            var taken = new JsonObject();
            foreach (var (name, value) in changes.Where(change => !IsOfFrontEnd(change.Key)))
            {
                if (!_state.TryGetPropertyValue(name, out var before))
                {
                    problems.Add(("", $"The notebook's front end sent a field that a {Name} does not have, \"{Short(name)}\"; it was passed over."));
                    continue;
                }

                if (JsonNode.DeepEquals(before, value))
                    continue;
                JsonNode? accepted = null;
                if (name != Input || !TryAccept(value, out accepted))
                {
                    problems.Add((name, $"The notebook's front end sent {Short(value?.ToJsonString() ?? "null")} as {name} of a {Name}, which cannot be; it stays {Short(before?.ToJsonString() ?? "null")}."));
                    _unsent.Add(name);
                    continue;
                }

                taken[name] = value?.DeepClone();
                if (!JsonNode.DeepEquals(accepted, value))
                    _unsent.Add(name);
                if (JsonNode.DeepEquals(before, accepted))
                    continue;
                _state[name] = accepted;
                changed.Add(name);
            }

            // Other views of the widget learn of it, and the one that sent it that it has arrived.
            if (taken.Count > 0)
                _session?.SendEcho(this, taken);
            SendUnsent();
        }

        foreach (string name in changed)
            Tell(name);
        foreach (var (about, sentence) in problems)
            Complain(about, sentence);
    }

    /// <summary>Tells the user of the cell that made it what is wrong with a message; once for each thing.</summary>
    internal void Complain(string about, string sentence)
    {
        bool isNew;
        lock (_lock)
            isNew = _complaints.Add(about);
        if (isNew)
            Cell?.Outputs.Publish(new StreamOutput("stderr", sentence + "\n"));
    }

    /// <summary>The front end has sent a message of another kind, such as a click.</summary>
    /// <returns>False if it means nothing to this widget.</returns>
    internal virtual bool ReceiveEvent(string name) => false;

    /// <summary>How errors call it.</summary>
    internal virtual string Name => GetType().Name.Split('`')[0];

    /// <summary>Brings fields up to date that are made from something else.</summary>
    private protected virtual void Settle()
    {
    }

    /// <summary>Asks for <see cref="Settle"/> soon.</summary>
    private protected void TellLater() => Volatile.Read(ref _session)?.SendLater(this);

    /// <summary>The field that a view changes; null if none does.</summary>
    private protected virtual string? Input => null;

    /// <summary>Whether a value that the front end sent can stand in the field <see cref="Input"/>.</summary>
    /// <param name="value">What was sent.</param>
    /// <param name="accepted">What the field then holds: the value, or what it is limited to.</param>
    private protected virtual bool TryAccept(JsonNode? value, out JsonNode? accepted)
    {
        accepted = null;
        return false;
    }

    private protected string GetText(string name)
    {
        lock (_lock)
            return _state[name]?.GetValue<string>() ?? "";
    }

    private protected double GetNumber(string name)
    {
        lock (_lock)
            return Number(_state[name]) ?? 0;
    }

    private protected bool GetFlag(string name)
    {
        lock (_lock)
            return _state[name]?.GetValueKind() == JsonValueKind.True;
    }

    private protected byte[] GetBytes(string name)
    {
        lock (_lock)
            return _binary.GetValueOrDefault(name, []);
    }

    /// <summary>Changes a field, here and in the front ends.</summary>
    private protected void Set(string name, JsonNode? value) => Change(name, () =>
    {
        if (_state.TryGetPropertyValue(name, out var before) && JsonNode.DeepEquals(before, value))
            return false;
        _state[name] = value;
        return true;
    });

    private protected void SetBytes(string name, byte[] value) => Change(name, () =>
    {
        _binary[name] = value;
        return true;
    });

    /// <summary>Called when a field has changed, whoever changed it.</summary>
    private protected virtual void HasChanged(string name)
    {
    }

    /// <summary>A number that came from anywhere; null if it is none.</summary>
    private protected static double? Number(JsonNode? value) =>
        value?.GetValueKind() == JsonValueKind.Number && double.TryParse(value!.ToJsonString(), System.Globalization.CultureInfo.InvariantCulture, out double number)
            && double.IsFinite(number) ? number : null;

    // What a front end keeps for itself in the fields of a model.
    private static bool IsOfFrontEnd(string name) => name is "_view_count" or "msg_id" or "outputs" or "comm";

    private static string Short(string text) => text.Length > 60 ? text[..60] + "…" : text;

    private void Open(SessionWidgets session, HashSet<WidgetModel> seen)
    {
        if (!seen.Add(this) || Volatile.Read(ref _session) == session)
            return;
        foreach (var part in Parts)
            part.Open(session, seen);
        lock (_lock)
        {
            if (_session == session)
                return;
            _session = session;
            _unsent.Clear();
            session.Open(this);
        }
    }

    private void Change(string name, Func<bool> change)
    {
        bool isChanged = false;

        // A cell that is stopped by force is not stopped inside a finally block, so the lock is never left held.
        try
        {
        }
        finally
        {
            lock (_lock)
            {
                isChanged = change();
                if (isChanged && _session is { } session)
                {
                    _unsent.Add(name);
                    foreach (var part in Parts)
                        part.Open(session);
                    if (Environment.TickCount64 - _lastSent >= SessionWidgets.BetweenUpdates.TotalMilliseconds)
                        SendUnsent();
                    else
                        session.SendLater(this);
                }
            }
        }

        if (isChanged)
            Tell(name);
    }

    private void SendUnsent()
    {
        if (_session is not { } session || _unsent.Count == 0)
            return;
        var (state, binary) = Snapshot(_unsent);
        _unsent.Clear();
        _lastSent = Environment.TickCount64;
        session.SendUpdate(this, state, binary);
    }

    private (JsonObject State, Dictionary<string, byte[]> Binary) Snapshot(IEnumerable<string> names)
    {
        var state = new JsonObject();
        var binary = new Dictionary<string, byte[]>();
        foreach (string name in names)
        {
            if (_binary.TryGetValue(name, out byte[]? bytes))
                binary[name] = bytes;
            else
                state[name] = _state[name]?.DeepClone();
        }

        return (state, binary);
    }

    private void Tell(string name)
    {
        HasChanged(name);
        StateChanged?.Invoke(name);
    }
}
