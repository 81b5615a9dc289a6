import streamlit as st

st.title("Head to head")
