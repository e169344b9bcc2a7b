namespace StackRipping;

/// <summary>The record of one certificate authority on the disk.</summary>
internal sealed class CAInfo
{
    public string Name { get; set; } = "";
}

/// <summary>A read in progress.</summary>
internal sealed class EventHandle
{
    public Action Done { get; set; } = () => { };

    public Action<Exception> Failed { get; set; } = _ => { };
}

/// <summary>A disk that works while the program does other things. A read takes ten milliseconds of the loop's clock, and fails for a negative number.</summary>
internal sealed class Disk
{
    public int Reads { get; private set; }

    public EventHandle InitAsyncDiskRead(int caId, CAInfo caInfo)
    {
        Reads++;
        var read = new EventHandle();
        _ = Finish(read, caId, caInfo);
        return read;
    }

    private static async Task Finish(EventHandle read, int caId, CAInfo caInfo)
    {
        await Task.Delay(TimeSpan.FromMilliseconds(10), EventLoop.Current!.TimeProvider);
        if (caId < 0)
        {
            read.Failed(new IOException($"no sector {caId}"));
            return;
        }
        caInfo.Name = $"authority {caId}";
        read.Done();
    }
}
