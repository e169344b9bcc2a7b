using System.Globalization;

namespace Tame.Http.Writing;

/// <summary>The Date line, formatted at most once a second, when a message needs it. No timer keeps it current.</summary>
internal sealed class DateHeader(TimeProvider time)
{
    private readonly byte[] _line = "Date: Thu, 01 Jan 1970 00:00:00 GMT\r\n"u8.ToArray();
    private long _second = -1;

    public ReadOnlySpan<byte> Line
    {
        get
        {
            var now = time.GetUtcNow();
            long second = now.UtcTicks / TimeSpan.TicksPerSecond;
            if (second != _second)
            {
                now.TryFormat(_line.AsSpan("Date: ".Length), out _, "R", CultureInfo.InvariantCulture);
                _second = second;
            }
            return _line;
        }
    }
}
