using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace StyleLab.Notebooks;

/// <summary>
/// Puts calls of <see cref="CellStop"/> into a compiled cell: into loops and at the beginnings of methods, into catch clauses,
/// and around what is awaited. Done to the instructions and not to the text, so that the compiler judges exactly what the user
/// wrote, expression trees stay as they are, and every error keeps its line.
/// </summary>
internal sealed class StopChecks
{
    private static int s_failures;

    private StopChecks(byte[] code, byte[]? symbols) => (Code, Symbols) = (code, symbols);

    /// <summary>How many cells run without checks because putting them in failed.</summary>
    public static int Failures => s_failures;

    /// <summary>The assembly with its checks.</summary>
    public byte[] Code { get; private set; }

    /// <summary>Its symbols, if it came with some.</summary>
    public byte[]? Symbols { get; private set; }

    /// <summary>Whether a cell can run for long at all, which a single line such as <c>1+1</c> cannot.</summary>
    public static bool AreNeeded(CSharpCompilation cell)
    {
        return cell.SyntaxTrees.Any(IsNeeded);

        static bool IsNeeded(SyntaxTree tree)
        {
            var members = ((CompilationUnitSyntax)tree.GetRoot()).Members;
            return members.Count > 1 || members.Any(member => member.DescendantNodesAndSelf().Any(IsLong));
        }

        static bool IsLong(SyntaxNode node) => node is
            BaseMethodDeclarationSyntax or AccessorDeclarationSyntax or ArrowExpressionClauseSyntax or LocalFunctionStatementSyntax
            or AnonymousFunctionExpressionSyntax or QueryExpressionSyntax or AwaitExpressionSyntax or CatchClauseSyntax
            or ForStatementSyntax or CommonForEachStatementSyntax or WhileStatementSyntax or DoStatementSyntax
            or GotoStatementSyntax or TypeDeclarationSyntax
            || node is LocalDeclarationStatementSyntax { AwaitKeyword.RawKind: not 0 } or UsingStatementSyntax { AwaitKeyword.RawKind: not 0 };
    }

    /// <summary>The same assembly with checks; without, if that fails.</summary>
    /// <param name="code">The assembly.</param>
    /// <param name="symbols">Its portable symbols, or null.</param>
    /// <param name="change">What else is to be done to it.</param>
    public static StopChecks AddTo(byte[] code, byte[]? symbols, Action<ModuleDefinition>? change = null)
    {
        var result = new StopChecks(code, symbols);
        try
        {
            result.Add(change);
        }
        catch (Exception)
        {
            // Better a cell that is harder to stop than one that does not run.
            Interlocked.Increment(ref s_failures);
        }

        return result;
    }

    private void Add(Action<ModuleDefinition>? change)
    {
        using var module = ModuleDefinition.ReadModule(new MemoryStream(Code), new ReaderParameters
        {
            AssemblyResolver = new NoResolver(),
            ReadSymbols = Symbols != null,
            SymbolStream = Symbols == null ? null : new MemoryStream(Symbols),
            SymbolReaderProvider = Symbols == null ? null : new PortablePdbReaderProvider(),
        });
        var calls = new StopCalls(module);
        foreach (var method in module.GetTypes().SelectMany(type => type.Methods).Where(method => method.HasBody))
            new MethodChecks(method, calls).Add();

        change?.Invoke(module);

        // A list of all references and the options of the compiler, longer than the rest, which nobody asks for.
        module.CustomDebugInformations.Clear();

        using var code = new MemoryStream();
        using var symbols = Symbols == null ? null : new MemoryStream();
        module.Write(code, new WriterParameters
        {
            WriteSymbols = Symbols != null,
            SymbolStream = symbols,
            SymbolWriterProvider = Symbols == null ? null : new PortablePdbWriterProvider(),
        });
        (Code, Symbols) = (code.ToArray(), symbols?.ToArray());
    }

    /// <summary>Nothing outside of the cell has to be known to change it.</summary>
    private sealed class NoResolver : IAssemblyResolver
    {
        public AssemblyDefinition Resolve(AssemblyNameReference name) => throw new AssemblyResolutionException(name);

        public AssemblyDefinition Resolve(AssemblyNameReference name, ReaderParameters parameters) => Resolve(name);

        public void Dispose()
        {
        }
    }
}
