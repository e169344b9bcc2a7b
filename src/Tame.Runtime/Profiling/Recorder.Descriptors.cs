using Tame.CompilerServices;

namespace Tame;

// File descriptors that are opened while no call runs. They count in the next stretch of the call that gets them.
internal sealed partial class Recorder
{
    private readonly WaiterSearch _search = new(loop);

    /// <summary>Counts file descriptors that were opened for the call that waits for an event, which is about to be triggered.</summary>
    public void HandOver(LoopHandle e, int descriptors)
    {
        if (_depth != 0 || descriptors == 0 || (e.IsKept ? e.KeptBy : _search.WaiterFor(e.Event)) is not { } call)
            return;
        var mark = call.NeedMark();
        mark.Handed = descriptors + (mark.HandedOrder == call.Order ? mark.Handed : 0);
        mark.HandedOrder = call.Order;
    }

    /// <summary>The number of file descriptors that were opened for the wait that has ended.</summary>
    private static int HandedTo(Closure call)
    {
        if (call.Mark is not { Handed: not 0 } mark)
            return 0;
        int handed = mark.HandedOrder == call.Order ? mark.Handed : 0;
        mark.Handed = 0;
        return handed;
    }
}
