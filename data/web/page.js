/* The skip link: moves the keyboard to the page's content, which Streamlit draws later. */
document.addEventListener("click", (event) => {
  if (!event.target.closest?.(".evitement")) return;
  event.preventDefault();
  const main = document.querySelector('[data-testid="stMain"]');
  main?.setAttribute("tabindex", "-1");
  main?.focus();
});
