using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.CSharp;

namespace StyleLab.Notebooks;

/// <summary>Values that cells hand from one language to another: <c>#!value</c>, <c>#!set</c>, <c>#!share</c>.</summary>
internal static partial class SharedValues
{
    /// <summary><c>#!value --name n</c>: keeps a text under a name.</summary>
    public static void Keep(IMagicCell cell, string options, string text)
    {
        var arguments = new MagicArguments("value", options, MagicTable.ValueOptions);
        string name = arguments.Required("name");
        if (arguments["from-file"] is { } file)
        {
            string path = Path.GetFullPath(file, cell.Folder);
            if (!File.Exists(path))
                throw new NotebookException($"#!value: there is no file {path}.");
            text = File.ReadAllText(path);
        }
        else if (arguments["from-url"] is { } address)
        {
            text = DownloadAsync(address, cell.Cancellation).GetAwaiter().GetResult();
        }
        else if (arguments["from-value"] is { } value)
        {
            text = value;
        }

        cell.Values[name] = text;
        if (arguments["mime-type"] is { Length: > 0 } mimeType)
            cell.Show(new MimeBundle { { mimeType, text } });
    }

    /// <summary><c>#!set --name n --value v</c>: makes a variable.</summary>
    public static void Set(IMagicCell cell, MagicArguments arguments) =>
        Set(cell, arguments.Required("name"), arguments.Required("value"));

    /// <summary><c>#!share n --from language</c>: makes a variable of a value that another language has.</summary>
    public static void Share(IMagicCell cell, MagicArguments arguments)
    {
        string name = arguments.Required("name");
        Set(cell, arguments["as"] is { Length: > 0 } other ? other : name, $"@{arguments.Required("from")}:{name}");
    }

    private static void Set(IMagicCell cell, string name, string value)
    {
        if (cell.CurrentLanguage == Language.JavaScript)
        {
            cell.DeclareInJavaScript(name, ToJson(cell, value));
            return;
        }

        if (!SyntaxFacts.IsValidIdentifier(name))
            throw new NotebookException($"\"{name}\" cannot be the name of a variable.");
        cell.Assign(name, Evaluate(cell, value));
    }

    /// <summary>The C# expression of a value.</summary>
    private static string Evaluate(IMagicCell cell, string value)
    {
        if (!value.StartsWith('@'))
            return FromJson(value);
        var match = Source().Match(value);
        string source = match.Groups["source"].Value, rest = match.Groups["rest"].Value;
        switch (source)
        {
            case "input" or "password":
                string answer = cell.Ask(Prompt(rest), source == "password");
                return source == "password" ? $"new Microsoft.DotNet.Interactive.PasswordString({Quote(answer)})" : Quote(answer);
            case "value" when cell.Values.TryGetValue(rest, out string? text):
                return Quote(text);
            case "value":
                throw new NotebookException($"There is no value {rest}; #!value --name {rest} makes one.");
            case var language when Language.Find(language) == Language.CSharp:
                return cell.Script.Variables().Any(variable => variable.Name == rest)
                    ? rest
                    : throw new NotebookException($"There is no C# variable {rest}.");
            case var language when Language.Find(language) is { } other:
                throw new NotebookException($"There are no {other.Title} values: this kernel speaks C#, and shares values of csharp and value.");
            default:
                throw new NotebookException($"{value} is no value: it begins with @csharp:, @value:, @input or @password.");
        }
    }

    /// <summary>A value as JavaScript has it.</summary>
    private static string ToJson(IMagicCell cell, string value)
    {
        var match = Source().Match(value);
        string source = match.Groups["source"].Value, name = match.Groups["rest"].Value;
        if (source == "value" && cell.Values.TryGetValue(name, out string? text))
            return JsonSerializer.Serialize(text);
        if (Language.Find(source) == Language.CSharp && cell.Script.Variables().FirstOrDefault(v => v.Name == name) is { } variable)
            return JsonSerializer.Serialize(variable.Value);
        throw new NotebookException($"There is no {value[1..].Replace(':', ' ')} to hand to JavaScript.");
    }

    private static string FromJson(string text)
    {
        try
        {
            var json = JsonText.Parse(text);
            return json?.GetValueKind() switch
            {
                JsonValueKind.True => "true",
                JsonValueKind.False => "false",
                null => "(object)null",
                JsonValueKind.Number when json.AsValue().TryGetValue(out double number) && double.IsFinite(number) =>
                    number.ToString("R", CultureInfo.InvariantCulture) + "d",
                JsonValueKind.Number => Quote(text),
                JsonValueKind.String => Quote(MultilineText.Read(json)),
                _ => $"System.Text.Json.JsonDocument.Parse({Quote(text)})",
            };
        }
        catch (JsonException)
        {
            // A bare word.
            return Quote(text);
        }
    }

    /// <summary><c>"a prompt"</c>, <c>{"prompt":"…"}</c> or a bare name.</summary>
    private static string Prompt(string text)
    {
        if (!text.StartsWith('{'))
            return text.Trim('"');
        try
        {
            return MultilineText.Read(JsonText.Parse(text).Field("prompt"));
        }
        catch (JsonException broken)
        {
            throw new NotebookException($"The prompt {text} cannot be read: {JsonText.Problem(broken)}.", broken);
        }
    }

    private static async Task<string> DownloadAsync(string address, CancellationToken cancellation)
    {
        using var client = new HttpClient();
        try
        {
            return await client.GetStringAsync(address, cancellation).ConfigureAwait(false);
        }
        catch (Exception failed) when (failed is HttpRequestException or InvalidOperationException or UriFormatException)
        {
            throw new NotebookException($"#!value: {address} cannot be read: {failed.Message}", failed);
        }
    }

    private static string Quote(string text) => SymbolDisplay.FormatLiteral(text, quote: true);

    [GeneratedRegex("^@(?<source>[^:]*)(:(?<rest>.*))?$", RegexOptions.Singleline)]
    private static partial Regex Source();
}
