namespace StackRipping;

/// <summary>The same function, tamed. It does not block its thread while it waits.</summary>
internal sealed partial class Certificates(Disk disk)
{
    private readonly Dictionary<int, CAInfo> _table = [];

    #region tamed
    [Tamed] public partial void GetCAInfo(int caId, Event<CAInfo> result);

    private void GetCAInfoBody(int caId, Event<CAInfo> result)
    {
        if (_table.TryGetValue(caId, out CAInfo? known))
        {
            result.Trigger(known);
            return;
        }
        twait(e => DiskRead(caId, e), out CAInfo caInfo);
        _table[caId] = caInfo;
        result.Trigger(caInfo);
    }
    #endregion

    private void DiskRead(int caId, Event<CAInfo> read)
    {
        var caInfo = new CAInfo();
        EventHandle eh = disk.InitAsyncDiskRead(caId, caInfo);
        eh.Done = () => read.Trigger(caInfo);
        eh.Failed = error => read.Fail(error);
    }
}
