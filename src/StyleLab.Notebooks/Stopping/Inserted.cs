using Mono.Cecil.Cil;

namespace StyleLab.Notebooks;

/// <summary>Gathers what is to stand before the instructions of a method, and puts it there.</summary>
internal sealed class Inserted(MethodBody body)
{
    private readonly Dictionary<Instruction, IReadOnlyList<Instruction>> _before = [];
    private readonly Dictionary<Instruction, IReadOnlyList<Instruction>> _behind = [];
    private readonly List<Instruction> _atEnd = [];
    private readonly HashSet<Instruction> _loops = [];

    /// <summary>Whether something stands before an instruction already.</summary>
    public bool HasBefore(Instruction place) => _before.ContainsKey(place);

    /// <summary>Puts instructions before another, in one place only once.</summary>
    /// <param name="place">That other one.</param>
    /// <param name="instructions">What to put there.</param>
    /// <param name="isLoop">Whether jumps to the place are to go through what is inserted.</param>
    public void Before(Instruction place, IReadOnlyList<Instruction> instructions, bool isLoop = false)
    {
        _before.Add(place, instructions);
        if (isLoop)
            _loops.Add(place);
    }

    /// <summary>Puts instructions behind a jump, into the same blocks.</summary>
    public void Behind(Instruction jump, IReadOnlyList<Instruction> instructions) => _behind.Add(jump, instructions);

    /// <summary>Puts instructions behind all others, outside of all blocks.</summary>
    public void AtEnd(IReadOnlyList<Instruction> instructions) => _atEnd.AddRange(instructions);

    /// <param name="backwards">For each target of backward jumps where they come from.</param>
    /// <param name="async">What hands exceptions to a task; nothing is inserted outside of it.</param>
    public void Apply(ILookup<Instruction, Instruction> backwards, AsyncCatch? async)
    {
        if (_before.Count == 0 && _behind.Count == 0)
            return;

        foreach (var handler in body.ExceptionHandlers)
        {
            // A block that ends where something is inserted does not contain it.
            var (start, end) = (handler.TryStart.Offset, handler.TryEnd.Offset);
            handler.TryEnd = First(handler.TryEnd);
            handler.HandlerEnd = handler.HandlerEnd == null ? null : First(handler.HandlerEnd);

            // Nor does one that begins there, except for a loop within it, which cannot jump out.
            if (handler == async?.Handler || backwards[handler.TryStart].Any(from => from.Offset >= start && from.Offset < end))
                handler.TryStart = First(handler.TryStart);
        }

        foreach (var instruction in body.Instructions)
        {
            if (instruction.Operand is Instruction target)
                instruction.Operand = Loop(target);
            else if (instruction.Operand is Instruction[] targets)
                instruction.Operand = targets.Select(Loop).ToArray();
        }

        for (int i = body.Instructions.Count - 1; i >= 0; i--)
        {
            var place = body.Instructions[i];
            Insert(i + 1, _behind.GetValueOrDefault(place, []));
            Insert(i, _before.GetValueOrDefault(place, []));
        }

        foreach (var handler in body.ExceptionHandlers)
            handler.HandlerEnd ??= _atEnd.FirstOrDefault();
        Insert(body.Instructions.Count, _atEnd);
    }

    private void Insert(int index, IReadOnlyList<Instruction> list)
    {
        for (int k = list.Count - 1; k >= 0; k--)
            body.Instructions.Insert(index, list[k]);
    }

    private Instruction First(Instruction place) => _before.TryGetValue(place, out var list) ? list[0] : place;

    private Instruction Loop(Instruction target) => _loops.Contains(target) ? First(target) : target;
}
