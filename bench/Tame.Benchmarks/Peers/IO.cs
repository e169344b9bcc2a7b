using System.Buffers;
using System.IO.Pipelines;
using Microsoft.Win32.SafeHandles;

namespace Tame.Benchmarks.Peers;

/// <summary>What the rows of lines and of files read, ours and the others'.</summary>
internal static class Text
{
    /// <summary>So many bytes come at a time.</summary>
    public const int Chunk = 16_384;

    public const int Page = 4_096;
    private const int LineSize = 40;
    private static string? s_pageFile;

    /// <summary>A file of 64 pages; the system drops it with this process's folder of temporary files.</summary>
    public static string PageFile
    {
        get
        {
            if (s_pageFile is not null) return s_pageFile;
            s_pageFile = Path.GetTempFileName();
            File.WriteAllBytes(s_pageFile, new byte[64 * Page]);
            AppDomain.CurrentDomain.ProcessExit += (_, _) => File.Delete(s_pageFile);
            return s_pageFile;
        }
    }

    public static byte[] Lines(int count)
    {
        var bytes = new byte[count * LineSize];
        bytes.AsSpan().Fill((byte)'x');
        for (var i = 1; i <= count; i++) bytes[i * LineSize - 1] = (byte)'\n';
        return bytes;
    }

    public static void Check(long sum, int lines)
    {
        if (sum != (long)lines * (LineSize - 1)) throw new InvalidOperationException($"The lines have {sum} bytes.");
    }
}

/// <summary>A PipeReader over a stream that has its bytes.</summary>
internal sealed class Lines(int count)
{
    private readonly byte[] _bytes = Text.Lines(count);

    public void Run() => Text.Check(ReadAll().GetAwaiter().GetResult(), count);

    private async Task<long> ReadAll()
    {
        var sum = 0L;
        var reader = PipeReader.Create(new MemoryStream(_bytes), new StreamPipeReaderOptions(bufferSize: Text.Chunk));
        while (true)
        {
            var result = await reader.ReadAsync();
            var rest = result.Buffer;
            while (TryReadLine(ref rest, out var line)) sum += line.Length;
            reader.AdvanceTo(rest.Start, rest.End);
            if (result.IsCompleted) break;
        }

        await reader.CompleteAsync();
        return sum;
    }

    private static bool TryReadLine(ref ReadOnlySequence<byte> rest, out ReadOnlySequence<byte> line)
    {
        var reader = new SequenceReader<byte>(rest);
        if (!reader.TryReadTo(out line, (byte)'\n')) return false;
        rest = reader.UnreadSequence;
        return true;
    }
}

/// <summary>pread, by .NET's RandomAccess.</summary>
internal sealed class FileReads
{
    private readonly byte[] _buffer = new byte[Text.Page];
    private readonly SafeFileHandle _file = File.OpenHandle(Text.PageFile);

    public void Run(int operations)
    {
        for (var i = 0; i < operations; i++)
        {
            var count = RandomAccess.Read(_file, _buffer, (i & 63) * Text.Page);
            if (count != Text.Page) throw new InvalidOperationException($"{count} bytes came.");
        }
    }
}
