using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.DotNet.Interactive;

namespace StyleLab.Notebooks;

/// <summary>
/// HTTP cells: the requests of a <c>.http</c> file are sent one after the other and each response is shown. Variables and named
/// responses stay for later cells; <c>{{name}}</c> is also a C# variable.
/// </summary>
internal sealed class HttpLanguage : ICellLanguage, IDisposable
{
    private static readonly TimeSpan UsualTimeout = TimeSpan.FromSeconds(100);

    private readonly Dictionary<string, string> _variables = [];
    private readonly Dictionary<string, object?> _taken = [];
    private readonly Dictionary<string, NamedResponse> _named = [];
    private readonly Lazy<HttpClient> _following = new(() => Client(followsRedirects: true));
    private readonly Lazy<HttpClient> _staying = new(() => Client(followsRedirects: false));

    public Language Language => Language.Http;

    public IReadOnlyList<string> Options => [];

    public IEnumerable<string> Names => _variables.Keys.Concat(_named.Keys).Concat(_taken.Keys).Distinct();

    public void Run(ILanguageCell cell, string text, int line, IReadOnlyDictionary<string, string> options)
    {
        foreach (object part in HttpText.Read(text, line))
        {
            cell.Cancellation.ThrowIfCancellationRequested();
            if (part is VariableText variable)
                Declare(cell, variable);
            else if (part is RequestText request)
                cell.Show(ResponseView.Of(Send(cell, request)));
        }
    }

    /// <summary>A variable, or the body of a named response: JSON as a document, anything else as text.</summary>
    public object? Value(string name)
    {
        if (_named.TryGetValue(name, out var named))
            return named.Response.IsJson ? JsonDocument.Parse(named.Response.Text) : named.Response.Text;
        return _variables.TryGetValue(name, out string? value) ? value
            : _taken.TryGetValue(name, out object? taken) ? taken
            : throw new NotebookException($"There is no HTTP variable and no request named {name}.");
    }

    public void Take(ILanguageCell cell, string name, object? value) => _taken[name] = value;

    public void Dispose()
    {
        foreach (var client in new[] { _following, _staying }.Where(client => client.IsValueCreated))
            client.Value.Dispose();
    }

    private static HttpClient Client(bool followsRedirects) => new(
        new SocketsHttpHandler { AllowAutoRedirect = followsRedirects, AutomaticDecompression = DecompressionMethods.All })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };

    // A value may be a part of a response that is not there yet.
    private void Declare(ILanguageCell cell, VariableText variable)
    {
        try
        {
            _variables[variable.Name] = Placeholders.Fill(variable.Value, variable.Line, name => Find(cell, name));
        }
        catch (LanguageException)
        {
            _variables[variable.Name] = variable.Value;
        }
    }

    private string? Find(ILanguageCell cell, string name)
    {
        if (_variables.TryGetValue(name, out string? value))
            return value;
        if (name.IndexOf('.') is > 0 and var dot && _named.TryGetValue(name[..dot], out var named))
            return named.Find(name[(dot + 1)..]);
        if (_taken.TryGetValue(name, out object? taken))
            return AsText(taken);
        return cell.Script.Variables().FirstOrDefault(variable => variable.Name == name) is { } found ? AsText(found.Value) : null;
    }

    private static string AsText(object? value) => value switch
    {
        null => "",
        string text => text,
        bool yes => yes ? "true" : "false",
        Uri address => address.OriginalString,
        PasswordString secret => secret.GetClearTextPassword(),
        DateTime or DateTimeOffset => ((IFormattable)value).ToString("O", CultureInfo.InvariantCulture),
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ => JsonSerializer.Serialize(value),
    };

    private Exchange Send(ILanguageCell cell, RequestText text)
    {
        using var message = Message(cell, text, out string body);
        string title = $"{message.Method} {message.RequestUri}";
        var limit = text.Timeout ?? UsualTimeout;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cell.Cancellation);
        stop.CancelAfter(limit);
        try
        {
            var client = (text.StaysThere ? _staying : _following).Value;
            var response = SendAsync(client, message, stop.Token).GetAwaiter().GetResult();
            (string, string)[] headers = [.. Response.HeadersOf(message.Headers), .. message.Content == null ? [] : Response.HeadersOf(message.Content.Headers)];
            if (text.Name is { } name)
                _named[name] = new NamedResponse(body, headers, response);
            return new Exchange(title, headers, response);
        }
        catch (OperationCanceledException) when (!cell.Cancellation.IsCancellationRequested)
        {
            throw new LanguageException(text.Line, string.Create(CultureInfo.InvariantCulture,
                $"{title} got no answer within {limit.TotalSeconds:0.###} s; # @timeout 300 above the request allows more."));
        }
        catch (Exception failed) when (failed is HttpRequestException or IOException)
        {
            throw new LanguageException(text.Line, $"{title} got no answer: {Reason(failed)}.", failed);
        }
    }

    private static async Task<Response> SendAsync(HttpClient client, HttpRequestMessage message, CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        using var answer = await client.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, cancellation).ConfigureAwait(false);
        return await Response.ReadAsync(answer, () => clock.Elapsed, cancellation).ConfigureAwait(false);
    }

    private static string Reason(Exception failed)
    {
        string outer = failed.Message.Contains("inner exception", StringComparison.Ordinal) || failed.InnerException is IOException
            ? failed.GetBaseException().Message : failed.Message;
        return outer.ReplaceLineEndings(" ").TrimEnd('.', ' ');
    }

    private HttpRequestMessage Message(ILanguageCell cell, RequestText text, out string body)
    {
        string address = Fill(text.Address, text.Line);
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https") || uri.Host.Length == 0)
            throw new LanguageException(text.Line, $"\"{address}\" is no address of a request; write GET https://host/path.");
        var message = new HttpRequestMessage(HttpMethod.Parse(text.Method.ToUpperInvariant()), uri);
        var headers = text.Headers.Select(header => (header.Line, header.Name, Value: Fill(header.Value, header.Line))).ToList();
        body = Fill(text.Body, text.Line);
        bool isForm = headers.Any(header => IsContentType(header.Name) && header.Value.StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase));
        if (isForm)
            body = string.Concat(body.Split('\n').Select(part => part.Trim()));
        if (body.Length > 0 || headers.Any(header => IsContentType(header.Name)))
            message.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        foreach (var (line, name, value) in headers)
        {
            if (!message.Headers.TryAddWithoutValidation(name, value) && message.Content?.Headers.TryAddWithoutValidation(name, value) != true)
                throw new LanguageException(line, $"The header {name} belongs to a body, and the request has none.");
        }

        return message;

        string Fill(string part, int line) => Placeholders.Fill(part, line, name => Find(cell, name));
    }

    private static bool IsContentType(string header) => header.Equals("Content-Type", StringComparison.OrdinalIgnoreCase);
}
