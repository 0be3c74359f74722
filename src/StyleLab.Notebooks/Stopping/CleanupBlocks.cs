using Mono.Cecil;
using Mono.Cecil.Cil;

namespace StyleLab.Notebooks;

/// <summary>
/// The code of a method that must run to its end also while the cell is being stopped: finally blocks, and what the compiler
/// makes of them where they await.
/// </summary>
internal sealed class CleanupBlocks
{
    private readonly List<CodeRange> _ranges = [];
    private readonly List<ExceptionHandler> _finally = [];
    private readonly List<(Instruction Start, Instruction End)> _async = [];
    private readonly HashSet<ExceptionHandler> _compilers = [];

    public CleanupBlocks(MethodBody body, CompiledMethodKind kind)
    {
        if (kind == CompiledMethodKind.Cleanup)
            _ranges.Add(new CodeRange(0, int.MaxValue));
        foreach (var handler in body.ExceptionHandlers)
        {
            switch (handler.HandlerType)
            {
                case ExceptionHandlerType.Finally or ExceptionHandlerType.Fault:
                    _ranges.Add(CodeRange.Between(handler.HandlerStart, handler.HandlerEnd));
                    if (handler.HandlerType == ExceptionHandlerType.Finally && Between(handler.HandlerStart, handler.HandlerEnd).Any(MayCallTheUser))
                        _finally.Add(handler);
                    break;
                case ExceptionHandlerType.Filter:
                    _ranges.Add(CodeRange.Between(handler.FilterStart, handler.HandlerStart));
                    break;
                case ExceptionHandlerType.Catch when kind is CompiledMethodKind.Async or CompiledMethodKind.TopLevel:
                    ReadCompilersCatch(handler);
                    break;
            }
        }
    }

    /// <summary>Finally blocks from which the user's code can be called.</summary>
    public IReadOnlyList<ExceptionHandler> Finally => _finally;

    /// <summary>Finally blocks that await.</summary>
    public IReadOnlyList<(Instruction Start, Instruction End)> Async => _async;

    /// <summary>The catch clause around the body of an asynchronous method, which hands exceptions to its task.</summary>
    public AsyncCatch? OfAsync { get; private set; }

    /// <summary>Whether the compiler made a catch clause for its own ends.</summary>
    public bool IsCompilers(ExceptionHandler handler) => _compilers.Contains(handler);

    /// <summary>Whether an instruction belongs to cleanup or to a filter, which may not throw.</summary>
    public bool Contains(Instruction instruction) => _ranges.Exists(range => range.Contains(instruction.Offset));

    // Giving back a lock or the enumerator of a list does not, and stands in the innermost loops.
    private static bool MayCallTheUser(Instruction i) =>
        i.OpCode.Code is Code.Call or Code.Callvirt or Code.Calli
        && !(i.Operand is MethodReference { Name: "Exit", DeclaringType.FullName: "System.Threading.Monitor" })
        && !(i.Operand is MethodReference { Name: "Dispose" } && i.Previous is { OpCode.Code: Code.Constrained, Operand: GenericInstanceType { ElementType: not TypeDefinition } });

    private void ReadCompilersCatch(ExceptionHandler handler)
    {
        var instructions = Between(handler.HandlerStart, handler.HandlerEnd).ToList();
        if (instructions.Exists(i => i.Operand is MethodReference { Name: "SetException" }))
        {
            OfAsync = new AsyncCatch(handler, CodeRange.Between(handler.TryStart, handler.TryEnd));
            _compilers.Add(handler);
            return;
        }

        // A finally block that awaits becomes: catch anything and keep it; the block; throw what was kept.
        if (handler.CatchType.MetadataType != MetadataType.Object || instructions[0].OpCode.Code == Code.Pop
            || instructions.Exists(IsNumber) || instructions.FindLast(IsStore) is not { } kept)
            return;
        _compilers.Add(handler);
        if (Between(handler.HandlerEnd, null).FirstOrDefault(i => Loads(i, kept)) is not { } end)
            return;
        _async.Add((handler.HandlerEnd, end));
        _ranges.Add(CodeRange.Between(handler.HandlerEnd, end));
    }

    private static IEnumerable<Instruction> Between(Instruction? start, Instruction? end)
    {
        for (var i = start; i != null && i != end; i = i.Next)
            yield return i;
    }

    private static bool IsNumber(Instruction i) => i.OpCode.Code is >= Code.Ldc_I4_M1 and <= Code.Ldc_I4;

    private static bool IsStore(Instruction i) =>
        i.OpCode.Code is Code.Stfld or Code.Stloc or Code.Stloc_S or (>= Code.Stloc_0 and <= Code.Stloc_3);

    private static bool Loads(Instruction i, Instruction store) => store.OpCode.Code switch
    {
        Code.Stfld => i.OpCode.Code == Code.Ldfld && ((FieldReference)i.Operand).Name == ((FieldReference)store.Operand).Name,
        Code.Stloc or Code.Stloc_S => i.OpCode.Code is Code.Ldloc or Code.Ldloc_S && i.Operand == store.Operand,
        _ => i.OpCode.Code - Code.Ldloc_0 == store.OpCode.Code - Code.Stloc_0,
    };
}

/// <summary>The catch clause that hands exceptions of an asynchronous method to its task.</summary>
/// <param name="Handler">The clause.</param>
/// <param name="Try">What it watches, before anything was inserted.</param>
internal sealed record AsyncCatch(ExceptionHandler Handler, CodeRange Try);
