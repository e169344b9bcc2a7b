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

    /// <summary>The number of arrays that a thread keeps at most: four megabytes.</summary>
    private const int Most = 1024;

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
        if (array.Length != Size || (t_kept ??= new Kept()) is not { Count: < Most } kept)
        {
            ArrayPool<byte>.Shared.Return(array);
            return;
        }
        if (kept.Count == kept.Arrays.Length)
            Array.Resize(ref kept.Arrays, 2 * kept.Count);
        kept.Arrays[kept.Count++] = array;
    }

    private sealed class Kept
    {
        public byte[]?[] Arrays = new byte[16][];
        public int Count;
    }
}
