using System.Buffers.Binary;
using System.Text;

namespace StyleLab.Endurance.Mutations;

/// <summary>Changes bytes at random: flips, cuts, insertions, repetitions, splices with another input.</summary>
internal static class Mutation
{
    private const int MostBytes = 4_000_000;

    private static readonly byte[] s_telling = [0, 1, 0x7f, 0x80, 0xff, (byte)'"', (byte)'{', (byte)'}', (byte)'[', (byte)']', (byte)'\\', (byte)'\n', (byte)' ', (byte)'9', (byte)'-'];
    private static readonly int[] s_numbers = [0, 1, -1, int.MaxValue, int.MinValue, 255, 256, 65535, 65536, 0x7fffff, 100_000];

    /// <summary>The input of a round.</summary>
    /// <param name="reader">Whose input it is.</param>
    /// <param name="seed">Together with the round chooses everything.</param>
    /// <param name="round">Number of the round.</param>
    public static byte[] InputOf(Reader reader, int seed, int round)
    {
        var random = new Random(HashOf(reader.Name) ^ unchecked(seed * 1_000_003 + round));
        byte[] input = reader.Samples[random.Next(reader.Samples.Count)];
        if (reader.Structure is { } structure && random.Next(3) > 0)
        {
            input = structure(input, random);
            if (random.Next(4) > 0)
                return input;
        }
        for (int times = random.Next(2) == 0 ? 1 : 1 << random.Next(4); times > 0; times--)
            input = Changed(input, reader, random);
        return reader.Mended is { } mended && random.Next(2) > 0 ? mended(input) : input;
    }

    private static byte[] Changed(byte[] input, Reader reader, Random random)
    {
        if (input.Length == 0)
            return [(byte)random.Next(256)];
        int at = random.Next(input.Length);
        int length = Math.Min(input.Length - at, 1 + (int)(random.NextDouble() * random.NextDouble() * random.NextDouble() * input.Length));
        var copy = (byte[])input.Clone();
        switch (random.Next(11))
        {
            case 0:
                copy[at] ^= (byte)(1 << random.Next(8));
                return copy;
            case 1:
                copy[at] = (byte)random.Next(256);
                return copy;
            case 2:
                copy[at] = s_telling[random.Next(s_telling.Length)];
                return copy;
            case 3:
                return input[..at];
            case 4:
                return [.. input[..at], .. input[(at + length)..]];
            case 5 when input.Length + length < MostBytes:
                return [.. input[..(at + length)], .. input[at..]];
            case 6:
                byte[] other = reader.Samples[random.Next(reader.Samples.Count)];
                return [.. input[..at], .. other[random.Next(other.Length)..]];
            case 7 when input.Length - at >= 4:
                int number = s_numbers[random.Next(s_numbers.Length)];
                if (random.Next(2) == 0)
                    BinaryPrimitives.WriteInt32LittleEndian(copy.AsSpan(at), number);
                else
                    BinaryPrimitives.WriteInt32BigEndian(copy.AsSpan(at), number);
                return copy;
            case 8 when reader.Tokens.Count > 0:
                byte[] token = Encoding.UTF8.GetBytes(reader.Tokens[random.Next(reader.Tokens.Count)]);
                int repeats = random.Next(4) == 0 ? Math.Min(1 << random.Next(17), MostBytes / 4 / token.Length) : 1;
                var many = new byte[token.Length * repeats];
                for (int i = 0; i < repeats; i++)
                    token.CopyTo(many, i * token.Length);
                return [.. input[..at], .. many, .. input[at..]];
            case 9:
                var run = new byte[Math.Min(1 << random.Next(14), MostBytes)];
                Array.Fill(run, s_telling[random.Next(s_telling.Length)]);
                return [.. input[..at], .. run, .. input[at..]];
            default:
                int to = random.Next(input.Length - length + 1);
                Array.Copy(input, at, copy, to, length);
                return copy;
        }
    }

    // The same in every process, as string.GetHashCode is not.
    private static int HashOf(string name) => name.Aggregate(17, (hash, c) => unchecked(hash * 31 + c));
}
