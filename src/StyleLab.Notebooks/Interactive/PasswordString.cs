namespace Microsoft.DotNet.Interactive;

/// <summary>A secret the user typed; shown as dots.</summary>
public sealed class PasswordString(string clearText)
{
    /// <summary>The secret itself.</summary>
    public string GetClearTextPassword() => clearText;

    public override string ToString() => "••••••••";
}
