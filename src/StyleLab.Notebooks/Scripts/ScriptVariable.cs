namespace StyleLab.Notebooks;

/// <summary>A variable that a cell declared.</summary>
internal sealed record ScriptVariable(string Name, Type Type, object? Value);
