using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.DotNet.Interactive;
using Microsoft.DotNet.Interactive.Formatting.TabularData;

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

        string? mimeType = arguments["mime-type"] is { Length: > 0 } given ? given : null;
        cell.Values[name] = new KeptText(text, mimeType);
        if (mimeType != null)
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

    /// <summary>The text of an argument that may name a value, such as <c>@csharp:connectionString</c>.</summary>
    public static string Text(IMagicCell cell, string argument) => !argument.StartsWith('@') ? argument.Trim('"') : ValueOf(cell, argument) switch
    {
        PasswordString secret => secret.GetClearTextPassword(),
        var value => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };

    private static void Set(IMagicCell cell, string name, string value)
    {
        if (cell.CurrentLanguage == Language.JavaScript)
            cell.DeclareInJavaScript(name, ToJson(ValueOf(cell, value)));
        else if (cell.Languages.RunnerOf(cell.CurrentLanguage) is { } runner)
            runner.Take(cell, name, ValueOf(cell, value));
        else if (!SyntaxFacts.IsValidIdentifier(name))
            throw new NotebookException($"\"{name}\" cannot be the name of a variable.");
        else if (Variable(cell, value) is { } variable)
            cell.Assign(name, variable.Name); // Of the type that it is declared with.
        else
            cell.Assign(name, CSharpExpression.Of(ValueOf(cell, value), cell.Script));
    }

    /// <summary>The C# variable that <c>@csharp:name</c> means; null if another source is meant.</summary>
    /// <exception cref="NotebookException">There is none of that name.</exception>
    private static ScriptVariable? Variable(IMagicCell cell, string value)
    {
        var match = Source().Match(value);
        if (!match.Success || Language.Find(match.Groups["source"].Value) != Language.CSharp)
            return null;
        string name = match.Groups["rest"].Value;
        return cell.Script.Variables().FirstOrDefault(variable => variable.Name == name) ?? throw new NotebookException($"There is no C# variable {name}.");
    }

    /// <summary>What an argument stands for: JSON, a value of another language, or what the user types.</summary>
    private static object? ValueOf(IMagicCell cell, string value)
    {
        if (!value.StartsWith('@'))
            return FromJson(value);
        if (Variable(cell, value) is { } variable)
            return variable.Value;
        var match = Source().Match(value);
        string source = match.Groups["source"].Value, rest = match.Groups["rest"].Value;
        switch (source)
        {
            case "input":
                return cell.Ask(Prompt(rest), isPassword: false);
            case "password":
                return new PasswordString(cell.Ask(Prompt(rest), isPassword: true));
            case "value":
                return cell.Values.GetValueOrDefault(rest)?.Value ?? throw new NotebookException($"There is no value {rest}; #!value --name {rest} makes one.");
        }

        if (cell.Languages.Find(source) is not { } language)
            throw new NotebookException($"{value} is no value: it begins with the name of a language, such as @csharp:, or @value:, @input or @password.");
        return cell.Languages.RunnerOf(language) is { } runner ? runner.Value(rest)
            : throw new NotebookException($"There are no {language.Title} values in this notebook.");
    }

    private static string ToJson(object? value) => JsonSerializer.Serialize(value is TabularDataResource table ? table.Data : value);

    private static object? FromJson(string text)
    {
        try
        {
            var json = JsonText.Parse(text);
            return json?.GetValueKind() switch
            {
                null => null,
                JsonValueKind.True => true,
                JsonValueKind.False => false,
                JsonValueKind.Number when json.AsValue().TryGetValue(out double number) && double.IsFinite(number) => number,
                JsonValueKind.Number => text,
                JsonValueKind.String => MultilineText.Read(json),
                _ => JsonDocument.Parse(text),
            };
        }
        catch (JsonException)
        {
            // A bare word.
            return text;
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

    [GeneratedRegex("^@(?<source>[^:]*)(:(?<rest>.*))?$", RegexOptions.Singleline)]
    private static partial Regex Source();
}
