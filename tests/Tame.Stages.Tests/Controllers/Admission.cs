namespace Tame.Stages.Tests.Controllers;

/// <summary>Requests and answers by hand, for a controller.</summary>
internal static class Admission
{
    public static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);

    /// <summary>So many requests come at once.</summary>
    /// <returns>How many were admitted.</returns>
    public static int Ask(this OverloadController controller, int requests, double now, int requestClass = 0) =>
        Enumerable.Range(0, requests).Count(_ => controller.TryAdmit(requestClass, Seconds(now)));

    /// <summary>So many requests are answered, the last of them a millisecond after the others.</summary>
    public static void Answer(this OverloadController controller, int requests, double took, double now, int requestClass = 0)
    {
        for (int i = 1; i < requests; i++)
            controller.Observe(requestClass, Seconds(took), Seconds(now - 0.001));
        controller.Observe(requestClass, Seconds(took), Seconds(now));
    }
}
