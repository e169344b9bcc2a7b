#pragma warning disable CS0164 // Most labels are there for what they hide.

namespace Tame.Language.Tests.Regions;

/// <summary>Using declarations behind labels.</summary>
public sealed partial class LabeledUsingTests
{
    private sealed class Resource(Trace trace, string name) : IDisposable
    {
        public void Dispose() => trace.Add("-" + name);
    }

    [Fact]
    public void A_resource_behind_a_label_is_disposed_where_its_block_ends() => Assert.Equal("in -a end", Trace.Of(One));

    [Tamed] private static partial void One(Trace trace, Event done);

    private static void OneBody(Trace trace, Event done)
    {
        var isOpen = done.IsPending;
        {
            if (isOpen) goto open;
            trace.Add("closed");
        open:
            using var a = new Resource(trace, "a");
            using (twait()) asap(mkevent());
            trace.Add("in");
        }

        trace.Add("end");
        done.Trigger();
    }

    [Fact]
    public void Several_labels_and_resources_nest() => Assert.Equal("in -c -b2 -b1 -a end", Trace.Of(Several));

    [Tamed] private static partial void Several(Trace trace, Event done);

    private static void SeveralBody(Trace trace, Event done)
    {
        checked
        {
        first:
        second:
            using var a = new Resource(trace, "a");
        third:
            using Resource b1 = new(trace, "b1"), b2 = new(trace, "b2"), none = null!;
            using (twait()) asap(mkevent());
            using var c = new Resource(trace, "c");
            trace.Add("in");
            if (trace.ToString().Length == 0) goto last;
        last:;
        }

        trace.Add("end");
        done.Trigger();
    }

    [Fact]
    public void In_a_twait_block_a_resource_is_disposed_before_the_block_waits() => Assert.Equal("in -a -b end", Trace.Of(InBlock));

    [Tamed] private static partial void InBlock(Trace trace, Event done);

    private static void InBlockBody(Trace trace, Event done)
    {
        using (twait())
        {
        open:
            using var a = new Resource(trace, "a");
            using (twait()) asap(mkevent());
            asap(mkevent());
            trace.Add("in");
        }

        switch (trace.ToString().Length)
        {
            default:
                {
                open:
                    using var b = new Resource(trace, "b");
                    using (twait()) asap(mkevent());
                    break;
                }
        }

        trace.Add("end");
        done.Trigger();
    }

    [Fact]
    public void Handlers_that_wait_dispose_of_labeled_resources() => Assert.Equal("thrown catch -a finally -b", Trace.Of(InHandlers));

    [Tamed] private static partial void InHandlers(Trace trace, Event done);

    private static void InHandlersBody(Trace trace, Event done)
    {
        try
        {
            throw new IOException("thrown");
        }
        catch (IOException e)
        {
        open:
            using var a = new Resource(trace, "a");
            trace.Add(e.Message);
            using (twait()) asap(mkevent());
            trace.Add("catch");
        }
        finally
        {
        open:
            using var b = new Resource(trace, "b");
            using (twait()) asap(mkevent());
            trace.Add("finally");
        }

        done.Trigger();
    }

    [Fact]
    public void A_jump_out_of_a_block_without_waits_passes_a_labeled_declaration() => Assert.Equal("0 -b -a 1 end", Trace.Of(Jump));

    [Tamed] private static partial void Jump(Trace trace, Event done);

    private static void JumpBody(Trace trace, Event done)
    {
        for (var i = 0; i < 2; i++)
        {
            using (twait()) asap(mkevent());
            {
                trace.Add(i);
                if (i > 0) continue;
            first:
                using var a = new Resource(trace, "a");
            second:
            third:
                using var b = new Resource(trace, "b");
                if (i < 0) goto next;
            next:;
            }
        }

        trace.Add("end");
        done.Trigger();
    }
}
