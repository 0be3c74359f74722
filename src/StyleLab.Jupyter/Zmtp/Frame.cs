using System.Buffers.Binary;

namespace StyleLab.Jupyter.Zmtp;

/// <summary>What the first byte of a frame says (RFC 37, "Framing").</summary>
[Flags]
internal enum FrameFlags : byte
{
    None = 0,

    /// <summary>More frames of the same message follow.</summary>
    More = 1,

    /// <summary>The size takes eight bytes instead of one.</summary>
    Long = 2,

    /// <summary>A command between the two ends, not part of a message.</summary>
    Command = 4,
}

/// <summary>One frame: a piece of a message, or a command.</summary>
internal readonly record struct Frame(FrameFlags Flags, byte[] Body)
{
    private const int ReadStep = 1 << 20;

    public bool IsCommand => Flags.HasFlag(FrameFlags.Command);

    public bool HasMore => Flags.HasFlag(FrameFlags.More);

    /// <summary>Reads the next frame.</summary>
    /// <param name="stream">The peer.</param>
    /// <param name="maxSize">The largest body that is accepted, in bytes.</param>
    /// <exception cref="ProtocolException">The frame is malformed or too large.</exception>
    /// <exception cref="EndOfStreamException">The peer has gone.</exception>
    public static Frame Read(Stream stream, long maxSize)
    {
        Span<byte> head = stackalloc byte[9];
        stream.ReadExactly(head[..1]);
        var flags = (FrameFlags)head[0];
        if ((flags & ~(FrameFlags.More | FrameFlags.Long | FrameFlags.Command)) != 0
            || flags.HasFlag(FrameFlags.Command | FrameFlags.More))
            throw new ProtocolException($"a frame begins with 0x{head[0]:X2}");

        int sizeBytes = flags.HasFlag(FrameFlags.Long) ? 8 : 1;
        stream.ReadExactly(head.Slice(1, sizeBytes));
        ulong size = sizeBytes == 1 ? head[1] : BinaryPrimitives.ReadUInt64BigEndian(head[1..]);
        if (size > (ulong)maxSize)
            throw new ProtocolException($"a frame of {size} bytes is larger than the {maxSize} allowed");
        return new Frame(flags & ~FrameFlags.Long, ReadBody(stream, (int)size));
    }

    /// <summary>The frame as it goes over the wire.</summary>
    public void WriteTo(MemoryStream output)
    {
        bool isLong = Body.Length > byte.MaxValue;
        output.WriteByte((byte)(isLong ? Flags | FrameFlags.Long : Flags));
        if (isLong)
        {
            Span<byte> size = stackalloc byte[8];
            BinaryPrimitives.WriteInt64BigEndian(size, Body.Length);
            output.Write(size);
        }
        else
        {
            output.WriteByte((byte)Body.Length);
        }

        output.Write(Body);
    }

    // Memory grows with what has arrived: a peer that only claims to send much does not make us reserve it.
    private static byte[] ReadBody(Stream stream, int size)
    {
        var body = new byte[Math.Min(size, ReadStep)];
        stream.ReadExactly(body);
        while (body.Length < size)
        {
            int read = body.Length;
            Array.Resize(ref body, (int)Math.Min(size, 2L * read));
            stream.ReadExactly(body.AsSpan(read));
        }

        return body;
    }
}
