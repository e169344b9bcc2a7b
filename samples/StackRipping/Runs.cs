using System.Globalization;

namespace StackRipping;

/// <summary>Asks the ripped or the tamed function for one authority after the other, in virtual time.</summary>
internal static partial class Runs
{
    public static string Ask(Func<Disk, Action<int, Event<CAInfo>>> way, int[] ids) =>
        EventLoop.Run<string>(answer => AskAll(way, ids, answer), new EventLoopOptions { VirtualTime = true });

    public static Action<int, Event<CAInfo>> Tamed(Disk disk) => new Certificates(disk).GetCAInfo;

    /// <summary>Code that waits for ripped code must be ripped itself, or must convert the callback to an event, as here.</summary>
    public static Action<int, Event<CAInfo>> Ripped(Disk disk)
    {
        var ripped = new Ripped(disk);
        return (caId, result) => ripped.GetCAInfoHandler1(caId, new Continuation(cont => result.Trigger(cont.ReturnValue!)));
    }

    [Tamed] private static partial void AskAll(Func<Disk, Action<int, Event<CAInfo>>> way, int[] ids, Event<string> answer);

    private static void AskAllBody(Func<Disk, Action<int, Event<CAInfo>>> way, int[] ids, Event<string> answer)
    {
        var disk = new Disk();
        var ask = way(disk);
        var names = new List<string>();
        foreach (int id in ids)
        {
            twait(e => ask(id, e), out CAInfo caInfo);
            names.Add(caInfo.Name);
        }
        answer.Trigger(string.Create(CultureInfo.InvariantCulture, $"{string.Join(", ", names)}; {disk.Reads} reads"));
    }
}
