namespace Cardea.BrowserTests.Infrastructure;

public static class Screens
{
    public static ViewportSize Desktop => new() { Width = 1280, Height = 800 };

    /// <summary>A small phone; also what a desktop is at 400 % (WCAG 1.4.10).</summary>
    public static ViewportSize Phone => new() { Width = 320, Height = 640 };
}
