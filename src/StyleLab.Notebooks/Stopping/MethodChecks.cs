using Mono.Cecil;
using Mono.Cecil.Cil;

namespace StyleLab.Notebooks;

/// <summary>Puts checks into one method.</summary>
internal sealed class MethodChecks
{
    private readonly MethodDefinition _method;
    private readonly MethodBody _body;
    private readonly StopCalls _calls;
    private readonly CompiledMethodKind _kind;
    private readonly CleanupBlocks _cleanup;
    private readonly ILookup<Instruction, Instruction> _backwards;
    private readonly Inserted _inserted;
    private readonly LoopJumps _loops;

    public MethodChecks(MethodDefinition method, StopCalls calls)
    {
        (_method, _body, _calls) = (method, method.Body, calls);
        _kind = CompiledMethodKinds.Of(method);
        _cleanup = new CleanupBlocks(_body, _kind);
        _inserted = new Inserted(_body);
        _loops = new LoopJumps(_body, calls, _inserted);
        _backwards = _body.Instructions.SelectMany(Targets).Where(jump => jump.To.Offset <= jump.From.Offset && !_cleanup.Contains(jump.From))
            .ToLookup(jump => jump.To, jump => jump.From);
    }

    public void Add()
    {
        if (_kind == CompiledMethodKind.Untouched)
            return;

        LengthenBranches();
        AddToLoops();
        if (_kind == CompiledMethodKind.TopLevel)
            AddToStatements();
        else if (_kind is CompiledMethodKind.Ordinary or CompiledMethodKind.Iterator)
            AddToBeginning(_body.Instructions[0]);
        AddToCatches();
        AddToAwaits();
        foreach (var (start, end) in _cleanup.Async)
        {
            _inserted.Before(start, [Call(nameof(CellStop.EnterAsyncFinally))], isLoop: true);
            _inserted.Before(end, [Call(nameof(CellStop.LeaveAsyncFinally))]);
        }

        _inserted.Apply(_backwards, _cleanup.OfAsync);
        if (_kind == CompiledMethodKind.Cleanup)
            MarkWhole();
        foreach (var handler in _cleanup.Finally)
            Mark(handler);
    }

    private static IEnumerable<(Instruction From, Instruction To)> Targets(Instruction from) => from.Operand switch
    {
        Instruction to => [(from, to)],
        Instruction[] several => several.Select(to => (from, to)),
        _ => [],
    };

    /// <summary>Reads the flag, and calls only when it is set.</summary>
    private void AddCheck(Instruction next, bool isLoop = false)
    {
        // One is enough where a loop begins with the method or a statement.
        if (_inserted.HasBefore(next))
            return;
        _inserted.Before(next,
        [
            Instruction.Create(OpCodes.Ldsfld, _calls.Flag),
            Instruction.Create(OpCodes.Brfalse, next),
            Call(nameof(CellStop.Check)),
        ], isLoop);
    }

    // What is inserted may move a target out of the reach of one byte.
    private void LengthenBranches()
    {
        foreach (var instruction in _body.Instructions.Where(i => i.OpCode.OperandType == OperandType.ShortInlineBrTarget))
            instruction.OpCode = LongForm(instruction.OpCode.Code);
    }

    private static OpCode LongForm(Code code) => code switch
    {
        Code.Br_S => OpCodes.Br,
        Code.Brfalse_S => OpCodes.Brfalse,
        Code.Brtrue_S => OpCodes.Brtrue,
        Code.Beq_S => OpCodes.Beq,
        Code.Bge_S => OpCodes.Bge,
        Code.Bgt_S => OpCodes.Bgt,
        Code.Ble_S => OpCodes.Ble,
        Code.Blt_S => OpCodes.Blt,
        Code.Bne_Un_S => OpCodes.Bne_Un,
        Code.Bge_Un_S => OpCodes.Bge_Un,
        Code.Bgt_Un_S => OpCodes.Bgt_Un,
        Code.Ble_Un_S => OpCodes.Ble_Un,
        Code.Blt_Un_S => OpCodes.Blt_Un,
        _ => OpCodes.Leave,
    };

    /// <summary>
    /// Calls from behind the end of the method, so that a call of it has no jump to make: of a short method that is a tenth.
    /// </summary>
    private void AddToBeginning(Instruction first)
    {
        // From within a block that the first loop begins there is no jump to the end.
        if (_backwards.Contains(first) || _inserted.HasBefore(first))
        {
            AddCheck(first);
            return;
        }

        var check = Call(nameof(CellStop.Check));
        _inserted.Before(first, [Instruction.Create(OpCodes.Ldsfld, _calls.Flag), Instruction.Create(OpCodes.Brtrue, check)]);
        _inserted.AtEnd([check, Instruction.Create(OpCodes.Br, first)]);
    }

    /// <summary>A loop is a jump back, and what it jumps to is passed once in every round.</summary>
    private void AddToLoops()
    {
        foreach (var jumps in _backwards)
        {
            if (_cleanup.Contains(jumps.Key))
                continue;
            if (!jumps.All(LoopJumps.CanCheck))
                AddCheck(jumps.Key, isLoop: true);
            else
                jumps.ToList().ForEach(_loops.AddCheck);
        }
    }

    /// <summary>The statements of a cell itself, outside of loops: there a stop takes effect after a long call.</summary>
    private void AddToStatements()
    {
        var loops = _backwards.Select(jumps => new CodeRange(jumps.Key.Offset, jumps.Max(from => from.Offset) + 1)).ToList();
        var starts = _method.DebugInformation.SequencePoints.Where(point => !point.IsHidden).Select(point => point.Offset).ToHashSet();
        var handlers = _body.ExceptionHandlers.Select(handler => handler.HandlerStart).ToHashSet();
        foreach (var instruction in _body.Instructions.Where(instruction => !handlers.Contains(instruction)))
        {
            if (starts.Contains(instruction.Offset) && _cleanup.OfAsync?.Try.Contains(instruction.Offset) == true
                && !_cleanup.Contains(instruction) && !loops.Any(loop => loop.Contains(instruction.Offset)))
                AddCheck(instruction);
        }
    }

    private void AddToCatches()
    {
        foreach (var handler in _body.ExceptionHandlers.Where(handler => !_cleanup.IsCompilers(handler) && !_cleanup.Contains(handler.HandlerStart)))
        {
            if (handler.HandlerType == ExceptionHandlerType.Catch)
                TurnIntoFilter(handler);
            else if (handler.HandlerType == ExceptionHandlerType.Filter)
                AskFirst(handler);
        }
    }

    private void TurnIntoFilter(ExceptionHandler handler)
    {
        var type = handler.CatchType;
        var end = Instruction.Create(OpCodes.Endfilter);
        var ask = Call(nameof(CellStop.MayCatch));
        List<Instruction> filter = [ask, end];
        var start = handler.HandlerStart;
        if (type.MetadataType != MetadataType.Object)
        {
            filter.InsertRange(0,
            [
                Instruction.Create(OpCodes.Isinst, type),
                Instruction.Create(OpCodes.Dup),
                Instruction.Create(OpCodes.Brtrue, ask),
                Instruction.Create(OpCodes.Pop),
                Instruction.Create(OpCodes.Ldc_I4_0),
                Instruction.Create(OpCodes.Br, end),
            ]);

            // Behind a filter, what was caught is any object.
            start = Instruction.Create(OpCodes.Unbox_Any, type);
            filter.Add(start);
        }

        _inserted.Before(handler.HandlerStart, filter);
        handler.HandlerType = ExceptionHandlerType.Filter;
        handler.CatchType = null;
        handler.FilterStart = filter[0];
        handler.HandlerStart = start;
    }

    private void AskFirst(ExceptionHandler handler)
    {
        var first = handler.FilterStart;
        List<Instruction> question =
        [
            Instruction.Create(OpCodes.Dup),
            Call(nameof(CellStop.MayCatch)),
            Instruction.Create(OpCodes.Brtrue, first),
            Instruction.Create(OpCodes.Pop),
            Instruction.Create(OpCodes.Ldc_I4_0),
            Instruction.Create(OpCodes.Br, handler.HandlerStart.Previous),
        ];
        _inserted.Before(first, question);
        handler.FilterStart = question[0];
    }

    /// <summary>Says of a finally block that it runs, until it ends or throws.</summary>
    private void Mark(ExceptionHandler handler)
    {
        var code = _body.Instructions;
        int end = handler.HandlerEnd == null ? code.Count : code.IndexOf(handler.HandlerEnd);
        var first = handler.HandlerStart;
        Instruction after = Instruction.Create(OpCodes.Endfinally);
        AddLeaving(end, code[end - 1], first, after, _body.ExceptionHandlers.IndexOf(handler));
        var enter = Call(nameof(CellStop.EnterFinally));
        code.Insert(code.IndexOf(first), enter);
        handler.HandlerStart = enter;

        // What ended where it begins ends there still: its own try block, and a finally block at the end of that.
        foreach (var before in _body.ExceptionHandlers)
        {
            before.TryEnd = before.TryEnd == first ? enter : before.TryEnd;
            before.HandlerEnd = before.HandlerEnd == first ? enter : before.HandlerEnd;
        }
    }

    /// <summary>The same for an iterator's finally block, which is a method.</summary>
    private void MarkWhole()
    {
        var code = _body.Instructions;
        var after = Instruction.Create(OpCodes.Ret);
        foreach (var earlier in code.Where(i => i.OpCode.Code == Code.Ret).SkipLast(1).ToList())
            (earlier.OpCode, earlier.Operand) = (OpCodes.Leave, after);
        AddLeaving(code.Count, code[^1], code[0], after, _body.ExceptionHandlers.Count);
        code.Insert(0, Call(nameof(CellStop.EnterFinally)));
    }

    // From the first instruction to what was the last: try { … } finally { LeaveFinally(); }
    private void AddLeaving(int end, Instruction last, Instruction first, Instruction after, int position)
    {
        (last.OpCode, last.Operand) = (OpCodes.Leave, after);
        var leave = Call(nameof(CellStop.LeaveFinally));
        foreach (var instruction in (Instruction[])[after, Instruction.Create(OpCodes.Endfinally), leave])
            _body.Instructions.Insert(end, instruction);
        _body.ExceptionHandlers.Insert(position, new ExceptionHandler(ExceptionHandlerType.Finally)
        {
            TryStart = first, TryEnd = leave, HandlerStart = leave, HandlerEnd = after,
        });
    }

    private Instruction Call(string name) => Instruction.Create(OpCodes.Call, _calls.Named(name));

    private void AddToAwaits()
    {
        foreach (var call in _body.Instructions.Where(i => i.OpCode.Code is Code.Call or Code.Callvirt && !_cleanup.Contains(i)).ToList())
        {
            if (_calls.ForAwait((MethodReference)call.Operand) is not { } ours)
                continue;
            bool isValue = ((MethodReference)call.Operand).DeclaringType.Name.StartsWith("ValueTask", StringComparison.Ordinal);
            if (ours.Name == nameof(CellStop.ConfigureAwait))
                (call.OpCode, call.Operand) = (OpCodes.Call, ours);
            else if (isValue)
                _inserted.Before(call, [Instruction.Create(OpCodes.Dup), Instruction.Create(OpCodes.Call, ours)]);
            else
                _inserted.Before(call, [Instruction.Create(OpCodes.Call, ours)]);
        }
    }
}
