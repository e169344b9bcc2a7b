using System.Buffers;

namespace Tame.IO;

/// <summary>
/// The arrays of readers. A pass of a loop can receive on many connections before the calls that wait for these bytes run, and the shared pool keeps fewer arrays than such a pass takes. So each
/// thread keeps more of the usual size, without a lock. Any thread.
/// </summary>
internal static class ReadArrays
{
    /// <summary>The usual size.</summary>
    public const int Size = 4096;

    /// <summary>The number of arrays that a thread keeps: one for each connection that a poller reports at a time.</summary>
    private const int Most = 256;

    [ThreadStatic]
    private static Kept? t_kept;

    public static byte[] Rent(int size)
    {
        if (size != Size || t_kept is not { Count: > 0 } kept)
            return ArrayPool<byte>.Shared.Rent(size);
        ref byte[]? place = ref kept.Arrays[--kept.Count];
        byte[] array = place!;
        place = null;
        return array;
    }

    public static void Return(byte[] array)
    {
        if (array.Length == Size && (t_kept ??= new Kept()) is { Count: < Most } kept)
            kept.Arrays[kept.Count++] = array;
        else
            ArrayPool<byte>.Shared.Return(array);
    }

    private sealed class Kept
    {
        public readonly byte[]?[] Arrays = new byte[Most][];
        public int Count;
    }
}
