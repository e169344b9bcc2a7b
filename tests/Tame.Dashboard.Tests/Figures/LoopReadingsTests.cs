using Tame.Dashboards.Figures;

namespace Tame.Dashboard.Tests.Figures;

public sealed partial class LoopReadingsTests
{
    [Fact]
    public void The_figures_are_those_of_the_loop()
    {
        var places = new Resource("places", 10);
        LoopFigures? seen = null;
        EventLoop.Run(
            done => Look(places, figures => seen = figures, done),
            new EventLoopOptions { VirtualTime = true, Resources = [places], Scheduling = SchedulingPolicy.ResourceAware });
        Assert.Equal(1, seen!.Ready);
        Assert.InRange(seen.Busy!.Value, 0, 1);
        var lost = Assert.Single(seen.Lost);
        Assert.EndsWith(nameof(Forget), lost.Method);
        Assert.Equal(2, lost.Count);
        Assert.Equal("resource-aware", seen.Policy!.Name);
        Assert.Equal(new ResourceFigures("places", 4, 10, 8, 9), Assert.Single(seen.Policy.Resources));
    }

    [Fact]
    public void A_loop_without_resources_has_no_policy_to_show()
    {
        LoopFigures? seen = null;
        EventLoop.Run(done =>
        {
            seen = new LoopReadings(EventLoop.Current!).Read();
            done.Trigger();
        });
        Assert.Null(seen!.Policy);
        Assert.Empty(seen.Lost);
    }

    [Tamed] private static partial void Look(Resource places, Action<LoopFigures> look, Event done);

    private static void LookBody(Resource places, Action<LoopFigures> look, Event done)
    {
        for (int i = 0; i < 2; i++)
        {
            try
            {
                twait(e => Forget(e));
            }
            catch (LostEventException)
            {
            }
        }
        places.Take(4);
        var loop = EventLoop.Current!;
        loop.Post(() => look(new LoopReadings(loop).Read()));
        loop.Post(() => { });
        twait(e => asap(e));
        done.Trigger();
    }

    [Tamed] private static partial void Forget(Event done);

    private static void ForgetBody(Event done)
    {
        using (twait())
            Drop(mkevent());
        done.Trigger();
    }

    private static void Drop(Event e) => _ = e;
}
