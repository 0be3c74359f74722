using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace StyleLab.Notebooks.Widgets;

/// <summary>
/// Draws saved widgets as HTML without scripts: those of ipywidgets, whichever kernel saved them.
/// </summary>
/// <param name="states">The saved widgets by id.</param>
internal sealed class StillHtml(JsonObject states)
{
    private const int MostDepth = 30;

    // Boxes of a file may refer to each other over and over.
    private const int MostWidgets = 5000;
    private const string Reference = "IPY_MODEL_";
    private const string Row = "display:flex;flex-direction:row;gap:8px;align-items:center;margin:2px 0";
    private const string Column = "display:flex;flex-direction:column;gap:2px";
    private const string Frame = "border:1px solid #9e9e9e;border-radius:3px;padding:2px 10px;min-height:1.3em";

    private static readonly Dictionary<string, string> s_buttons = new()
    {
        ["primary"] = "#2196f3", ["success"] = "#4caf50", ["info"] = "#00bcd4", ["warning"] = "#ff9800", ["danger"] = "#f44336",
    };

    private int _drawn;

    /// <summary>A widget, and what stands in it; empty where there is none to see.</summary>
    public string Of(string id, int depth = 0)
    {
        if (depth > MostDepth || ++_drawn > MostWidgets || states[id] is not { } saved || saved.Field("state") is not JsonObject state)
            return "";
        string model = MultilineText.Read(saved.Field("model_name"));
        return model switch
        {
            "FloatSliderModel" or "IntSliderModel" or "FloatLogSliderModel" => Slider(state),
            "FloatProgressModel" or "IntProgressModel" => Bar(state),
            "CheckboxModel" => Line(IsTrue(state["value"]) ? "☑" : "☐", Description(state)),
            "DropdownModel" or "SelectModel" or "RadioButtonsModel" or "ToggleButtonsModel" => Line(Description(state), $"<span style=\"{Frame}\">{Chosen(state)} ▾</span>"),
            "ButtonModel" => Button(state),
            "LabelModel" => Line(Text(state, "value")),
            "HTMLModel" or "HTMLMathModel" => Line(Description(state), $"<div>{MultilineText.Read(state["value"])}</div>"),
            "ImageModel" => Picture(saved, state),
            "HBoxModel" => Box(state, Row, depth),
            "VBoxModel" or "BoxModel" or "GridBoxModel" or "AccordionModel" or "TabModel" => Box(state, Column, depth),
            "OutputModel" => Outputs(state["outputs"] as JsonArray ?? [], depth),
            "LayoutModel" => "",
            _ when model.EndsWith("StyleModel", StringComparison.Ordinal) => "",
            _ => Line(Description(state), $"<span style=\"{Frame}\">{Text(state, "value")}</span>"),
        };
    }

    private static string Line(params IEnumerable<string> parts) =>
        $"<div style=\"{Row}\">{string.Concat(parts.Where(part => part.Length > 0).Select(part => part.StartsWith('<') ? part : $"<span>{part}</span>"))}</div>";

    private static string Slider(JsonObject state)
    {
        double min = Number(state["min"]) ?? 0, max = Number(state["max"]) ?? 100, value = Number(state["value"]) ?? min;
        string place = Percent(max > min ? (value - min) / (max - min) : 0);
        string shown = MultilineText.Read(state["readout_format"]) is ['.', >= '0' and <= '9', 'f'] format
            ? value.ToString($"F{format[1]}", CultureInfo.InvariantCulture) : value.ToString("0.####", CultureInfo.InvariantCulture);
        return Line(
            Description(state),
            $"<span style=\"display:inline-block;position:relative;margin:0 8px;width:200px;height:4px;border-radius:2px;background:#bdbdbd\"><span style=\"position:absolute;left:0;top:0;height:4px;width:{place};border-radius:2px;background:#2196f3\"></span><span style=\"position:absolute;left:calc({place} - 8px);top:-6px;width:14px;height:14px;border-radius:50%;border:1px solid #2196f3;background:#fff\"></span></span>",
            shown);
    }

    private static string Bar(JsonObject state)
    {
        double min = Number(state["min"]) ?? 0, max = Number(state["max"]) ?? 100, value = Number(state["value"]) ?? min;
        string done = Percent(max > min ? (value - min) / (max - min) : 0);
        return Line(
            Description(state),
            $"<span style=\"display:inline-block;width:200px;height:14px;background:#e0e0e0;border-radius:2px\"><span style=\"display:block;height:14px;width:{done};background:#2196f3;border-radius:2px\"></span></span>",
            done);
    }

    private static string Button(JsonObject state)
    {
        string look = s_buttons.TryGetValue(MultilineText.Read(state["button_style"]), out string? color) ? $"background:{color};color:#fff" : "background:#eee;color:#222";
        return $"<div style=\"margin:2px 0\"><span style=\"display:inline-block;padding:4px 16px;border-radius:3px;{look}\">{Text(state, "description")}</span></div>";
    }

    private static string Picture(JsonNode saved, JsonObject state)
    {
        string? content = (saved.Field("buffers") as JsonArray)?.Where(buffer => buffer.Field("path") is JsonArray path && path.Count == 1 && MultilineText.Read(path[0]) == "value")
            .Select(buffer => MultilineText.Read(buffer.Field("data"))).FirstOrDefault();
        if (string.IsNullOrEmpty(content))
            return "";
        string width = double.TryParse(Text(state, "width"), CultureInfo.InvariantCulture, out double pixels) && pixels > 0
            ? string.Create(CultureInfo.InvariantCulture, $" width=\"{pixels:0}\"") : "";
        return $"<img src=\"data:image/{Text(state, "format")};base64,{WebUtility.HtmlEncode(content)}\" alt=\"picture\"{width} style=\"max-width:100%\">";
    }

    private static string Chosen(JsonObject state) =>
        state["_options_labels"] is JsonArray labels && Number(state["index"]) is { } index && index >= 0 && index < labels.Count
            ? WebUtility.HtmlEncode(MultilineText.Read(labels[(int)index])) : Text(state, "value");

    private static string Description(JsonObject state) => Text(state, "description");

    private static string Text(JsonObject state, string name) =>
        WebUtility.HtmlEncode(state[name] is JsonValue value ? value.GetValueKind() == JsonValueKind.String ? MultilineText.Read(value) : value.ToJsonString() : "");

    private static bool IsTrue(JsonNode? value) => value?.GetValueKind() == JsonValueKind.True;

    private static double? Number(JsonNode? value) => value?.GetValueKind() == JsonValueKind.Number
        && double.TryParse(value.ToJsonString(), CultureInfo.InvariantCulture, out double number) ? number : null;

    private static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{100 * Math.Clamp(double.IsNaN(share) ? 0 : share, 0, 1):0.#}%");

    private string Box(JsonObject state, string style, int depth) =>
        $"<div style=\"{style}\">{string.Concat((state["children"] as JsonArray ?? []).Select(child => Referred(child, depth)))}</div>";

    private string Referred(JsonNode? child, int depth) =>
        MultilineText.Read(child) is var name && name.StartsWith(Reference, StringComparison.Ordinal) ? Of(name[Reference.Length..], depth + 1) : "";

    private string Outputs(JsonArray outputs, int depth) => string.Concat(outputs.OfType<JsonObject>().Select(output => MultilineText.Read(output["output_type"]) switch
    {
        "stream" => Lines(MultilineText.Read(output["text"])),
        "error" => Lines(output["traceback"] is JsonArray lines ? string.Join('\n', lines.Select(MultilineText.Read)) : MultilineText.Read(output["evalue"])),
        _ => output["data"] is JsonObject data ? Shown(data, depth) : "",
    }));

    private string Shown(JsonObject data, int depth)
    {
        if (MultilineText.Read(data[WidgetProtocol.ViewMimeType].Field("model_id")) is { Length: > 0 } id && states[id] is not null)
            return Of(id, depth + 1);
        var content = new MimeBundle();
        foreach (var (type, text) in data)
            content.Add(type, MultilineText.Read(text));
        bool isText = content.All(part => part.Key == MimeTypes.PlainText);
        return isText ? Lines(content[MimeTypes.PlainText] ?? "") : $"<div>{NestedHtml.Of(content)}</div>";
    }

    private static string Lines(string text) => $"<pre style=\"margin:0\">{WebUtility.HtmlEncode(TerminalText.Plain(text).TrimEnd('\n'))}</pre>";
}
